using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>How a snapshot says what it was made of: by a tag, such as <c>kind:sqlite</c>, which lists show.</summary>
public static class SourceKinds
{
    private const string Prefix = "kind:";

    private static readonly SourceKind[] Tagged = [SourceKind.Sqlite, SourceKind.PostgreSqlDump, SourceKind.PostgreSqlCluster, SourceKind.Git];

    /// <summary>What a kind is called, such as <c>sqlite</c>.</summary>
    public static string NameOf(SourceKind kind) => kind switch
    {
        SourceKind.Files => "files",
        SourceKind.Sqlite => "sqlite",
        SourceKind.PostgreSqlDump => "postgresql",
        SourceKind.PostgreSqlCluster => "postgresql-cluster",
        SourceKind.Git => "git",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The tag of a kind; <see langword="null"/> for files, which have none.</summary>
    public static string? TagOf(SourceKind kind) => kind == SourceKind.Files ? null : Prefix + NameOf(kind);

    /// <summary>What a snapshot was made of, by its tags.</summary>
    public static SourceKind Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Tagged.FirstOrDefault(kind => snapshot.Tags.Contains(Prefix + NameOf(kind)));
    }

    /// <summary>The options of a backup of a source, with the tag of its kind.</summary>
    public static BackupOptions Mark(BackupOptions options, IBackupSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        return source is IApplicationSource { Kind: SourceKind kind } && TagOf(kind) is { } tag && !options.Tags.Contains(tag)
            ? options with { Tags = [.. options.Tags, tag] }
            : options;
    }
}
