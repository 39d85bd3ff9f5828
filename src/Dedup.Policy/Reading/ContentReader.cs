using Dedup.Filtering;
using Dedup.Policy.Documents;
using Dedup.Sources;

namespace Dedup.Policy.Reading;

/// <summary>Reads what a source backs up.</summary>
internal static class ContentReader
{
    /// <returns><see langword="null"/> where it is not given, or wrong, which is told.</returns>
    public static SourceContent? Read(SectionReader reader)
    {
        SourceContent?[] contents =
        [
            reader.Section(SourceKeys.Paths, ReadPaths),
            reader.Section(SourceKeys.Command, ReadCommand),
            reader.Section(SourceKeys.Sqlite, static section => section.Text(ContentKeys.SqliteFile) is { } file ? new SqliteContent(file) : null),
            reader.Section(SourceKeys.PostgreSql, ReadPostgreSql),
            reader.Section(SourceKeys.Git, static section => section.Text(ContentKeys.GitRepository) is { } repository ? new GitContent(repository) : null),
            reader.Section(SourceKeys.DiskImage, static section => section.Text(ContentKeys.Device) is { } device ? new DiskImageContent(device) : null),
        ];
        PolicyKey[] given = [.. SourceKeys.Kinds.Where(reader.Has)];
        string kinds = string.Join(", ", SourceKeys.Kinds.Select(static key => key.Name));
        if (given.Length == 0)
        {
            reader.Context.Add(reader.Position, reader.Path, "nothing says what is backed up", $"give one of {kinds}");
        }

        foreach (PolicyKey second in given.Skip(1))
        {
            reader.Context.Add(
                reader.PositionOf(second), reader.PathOf(second), $"the source has '{given[0].Name}' already, and one kind only",
                $"make a source of its own of '{second.Name}'");
        }

        return Array.Find(contents, static content => content is not null);
    }

    private static PathContent ReadPaths(SectionReader reader)
    {
        PathContent content = new()
        {
            Include = reader.Texts(ContentKeys.Include),
            Exclude = reader.Texts(ContentKeys.Exclude),
            ExcludeIfPresent = reader.Texts(ContentKeys.ExcludeIfPresent),
            ExcludeCaches = reader.Boolean(ContentKeys.ExcludeCaches),
            ExcludeLargerThan = reader.Size(ContentKeys.ExcludeLargerThan),
            OneFileSystem = reader.Boolean(ContentKeys.OneFileSystem),
        };
        foreach (string pattern in content.Exclude)
        {
            try
            {
                PathPattern.Parse(pattern);
            }
            catch (BadPatternException exception)
            {
                reader.Context.AddAt(pattern, exception.Message, "write patterns as 'dedup backup --exclude' takes them");
            }
        }

        foreach (string marker in content.ExcludeIfPresent)
        {
            try
            {
                DirectoryMarker.Parse(marker);
            }
            catch (ArgumentException)
            {
                reader.Context.AddAt(marker, $"'{marker}' is no name of a file", "give one without slashes, and after a colon what the file begins with");
            }
        }

        return content;
    }

    private static CommandContent? ReadCommand(SectionReader reader)
    {
        CommandWords? command = reader.Command(ContentKeys.Run);
        string name = reader.Text(ContentKeys.FileName) ?? ContentKeys.FileName.Default!;
        IReadOnlyList<string> variables = reader.Texts(ContentKeys.Variables) is { Count: > 0 } given ? given : [];
        return command is null ? null : new CommandContent(command, name) { Variables = variables };
    }

    private static PostgreSqlContent ReadPostgreSql(SectionReader reader)
    {
        PostgreSqlContent content = new()
        {
            Method = reader.Text(ContentKeys.Method) == "base-backup" ? PostgreSqlMethod.BaseBackup : PostgreSqlMethod.Dump,
            Database = reader.Text(ContentKeys.Database),
            Server = reader.Text(ContentKeys.Server),
            Port = reader.Integer(ContentKeys.Port, 1, ushort.MaxValue),
            User = reader.Text(ContentKeys.User),
            PasswordFile = reader.Text(ContentKeys.PasswordFile),
            ToolDirectory = reader.Text(ContentKeys.Tools),
        };
        if (content.Method == PostgreSqlMethod.BaseBackup && reader.Has(ContentKeys.Database))
        {
            reader.Context.Add(
                reader.PositionOf(ContentKeys.Database), reader.PathOf(ContentKeys.Database), "a base backup has all databases of the server",
                "leave 'database' out, or write 'method: dump'");
        }

        if (content.Method == PostgreSqlMethod.Dump && !reader.Has(ContentKeys.Database))
        {
            reader.Context.Add(
                reader.Position, reader.Path, "nothing says which database is dumped", "write 'database: NAME', or 'method: base-backup' for the whole server");
        }

        return content;
    }
}
