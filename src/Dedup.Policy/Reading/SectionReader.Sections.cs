namespace Dedup.Policy.Reading;

internal sealed partial class SectionReader
{
    /// <summary>Reads the section behind a key.</summary>
    /// <returns>What <paramref name="read"/> makes of it; <see langword="null"/> where the key is not given, or has no value.</returns>
    public T? Section<T>(PolicyKey key, Func<SectionReader, T?> read)
        where T : class => Ask(key, ValueKind.Section) is { } node ? Read(key, node, Join(Path, key.Name), read) : null;

    /// <summary>Reads a secret's section. A text in its place is taken for the secret itself, and never repeated.</summary>
    public T? Secret<T>(PolicyKey key, Func<SectionReader, T?> read)
        where T : class
    {
        if (Has(key) && _entries[key.Name].Value is YamlScalar { IsEmpty: false } literal)
        {
            _asked.Add(key);
            Context.Add(
                literal.Position, PathOf(key), "a secret does not belong in this file, which is read by many and copied",
                $"name where it comes from, such as '{key.Name}: {key.Example}'; and change the secret if others have seen it");
            return null;
        }

        return Section(key, read);
    }

    /// <summary>Reads a list of sections; one alone is a list of one.</summary>
    public IReadOnlyList<T> Sections<T>(PolicyKey key, Func<SectionReader, T?> read)
        where T : class => Ask(key, ValueKind.Section) switch
        {
            null => [],
            YamlList list => [.. list.Items.Select((item, index) => Read(key, item, $"{Join(Path, key.Name)}[{index + 1}]", read)).OfType<T>()],
            { } single => Read(key, single, Join(Path, key.Name), read) is { } only ? [only] : [],
        };

    /// <summary>Reads sections under names of the user's own.</summary>
    /// <param name="key">The key that they stand behind.</param>
    /// <param name="read">Reads one, by its name.</param>
    public IReadOnlyList<T> NamedSections<T>(PolicyKey key, Func<string, SectionReader, T?> read)
        where T : class
    {
        switch (Ask(key, ValueKind.NamedSections))
        {
            case null:
                return [];
            case YamlMap { Entries.Count: > 0 } map:
                return [.. map.Entries.Select(entry => ReadNamed(key, entry, read)).OfType<T>()];
            case { } other:
                Add(key, $"{(other is YamlMap ? "nothing" : other.Kind)} stands where names are needed", $"give each a name and its keys behind it, such as '{key.Example}'");
                return [];
        }
    }

    private T? ReadNamed<T>(PolicyKey key, YamlEntry entry, Func<string, SectionReader, T?> read)
        where T : class
    {
        string path = Join(PathOf(key), entry.Key);
        if (ValueTexts.ExamineName(entry.Key) is { } wrong)
        {
            Context.Add(entry.Position, path, $"'{entry.Key}' {wrong.Message}", wrong.Suggestion);
        }

        return Read(key, entry.Value, path, reader => read(entry.Key, reader));
    }

    private T? Read<T>(PolicyKey key, YamlNode node, string path, Func<SectionReader, T?> read)
        where T : class
    {
        SectionReader reader = new(Context, key.Section ?? throw new InvalidOperationException($"The key {key.Name} has no section."), node, path);
        T? part = read(reader);
        reader.Finish();
        return part is null ? null : reader.Remember(part);
    }
}
