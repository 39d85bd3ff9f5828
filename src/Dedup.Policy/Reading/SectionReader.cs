using Dedup.Policy.Wording;

namespace Dedup.Policy.Reading;

/// <summary>Reads the keys of one section, and tells what is wrong with them.</summary>
/// <remarks>
/// Each key of the section's table must be asked for once, and none besides: that is checked by <see cref="Finish"/>, so that the table, from which the
/// documentation and the JSON Schema are made, is what is read.
/// </remarks>
internal sealed partial class SectionReader
{
    private readonly PolicySection _section;
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<PolicyKey> _asked = [];
    private readonly bool _isReadable;

    /// <param name="context">Where mistakes go.</param>
    /// <param name="section">Which keys there may be.</param>
    /// <param name="node">The value.</param>
    /// <param name="path">Its keys, parted by dots.</param>
    public SectionReader(ReadingContext context, PolicySection section, YamlNode node, string path)
    {
        Context = context;
        _section = section;
        Position = node.Position;
        Path = path;
        _isReadable = true;
        switch (node)
        {
            case YamlMap map:
                foreach (YamlEntry entry in map.Entries)
                {
                    _entries.Add(entry.Key, entry);
                }

                break;
            case { } other when section.Short is { } key && other is not YamlScalar { IsEmpty: true }:
                _entries.Add(key.Name, new YamlEntry(other.Position, key.Name, other));
                IsShort = true;
                break;
            default:
                _isReadable = false;
                Context.Add(Position, path, $"{node.Kind} stands where keys are needed", $"give {Known(section)}");
                break;
        }
    }

    public ReadingContext Context { get; }

    public Position Position { get; }

    public string Path { get; }

    /// <summary>Whether one value stood in the place of the section.</summary>
    public bool IsShort { get; }

    /// <summary>Whether a key is there, whatever it says.</summary>
    public bool Has(PolicyKey key) => _entries.ContainsKey(key.Name);

    /// <summary>Where a key stands, or the section where it does not.</summary>
    public Position PositionOf(PolicyKey key) => _entries.TryGetValue(key.Name, out YamlEntry? entry) ? entry.Position : Position;

    /// <summary>The path of a key's value.</summary>
    public string PathOf(PolicyKey key) => IsShort ? Path : Join(Path, key.Name);

    /// <summary>Tells a mistake with the value of a key.</summary>
    public void Add(PolicyKey key, string message, string suggestion, MistakeSeverity severity = MistakeSeverity.Mistake) =>
        Context.Add(_entries.TryGetValue(key.Name, out YamlEntry? entry) ? entry.Value.Position : Position, PathOf(key), message, suggestion, severity);

    /// <summary>Remembers that this section made a part of the policy.</summary>
    public T Remember<T>(T part)
        where T : class => Context.Remember(part, Position, Path);

    /// <summary>Tells of all keys that are not known.</summary>
    /// <exception cref="InvalidOperationException">A key of the table was not asked for: the reader has a defect.</exception>
    public void Finish()
    {
        foreach (YamlEntry entry in _entries.Values.Where(entry => !_section.Keys.Any(key => key.Name == entry.Key)))
        {
            string? near = NearestWord.Find(entry.Key, _section.Keys.Select(static key => key.Name));
            string suggestion = entry.Key == "<<" ? "write an alias for a whole value instead: merging is not known"
                : near is not null ? _entries.ContainsKey(near) ? $"leave it out: '{near}' is given already" : $"did you mean '{near}'?"
                : $"give {Known(_section)}";
            Context.Add(entry.Position, Join(Path, entry.Key), $"the key '{entry.Key}' is not known here", suggestion);
        }

        if (_section.Keys.FirstOrDefault(key => !_asked.Contains(key)) is { } forgotten)
        {
            throw new InvalidOperationException($"The key {forgotten.Name} of the section {_section.Name} is in the table and is not read.");
        }
    }

    /// <summary>The value of a key; a required one that is missing is told.</summary>
    private YamlNode? Ask(PolicyKey key, params ReadOnlySpan<ValueKind> kinds)
    {
        if (!_section.Keys.Contains(key) || !kinds.Contains(key.Kind))
        {
            throw new InvalidOperationException($"The key {key.Name} is not one of the section {_section.Name}, or of another kind.");
        }

        _asked.Add(key);
        if (_entries.TryGetValue(key.Name, out YamlEntry? entry))
        {
            if (entry.Value is YamlScalar { IsEmpty: true })
            {
                Context.Add(entry.Position, Join(Path, key.Name), $"the key '{key.Name}' has no value", $"write '{key.Name}: {key.Example}'{(key.IsRequired ? "" : ", or leave the key out")}");
                return null;
            }

            return entry.Value;
        }

        if (key.IsRequired && _isReadable)
        {
            Context.Add(Position, Path, $"the key '{key.Name}' is missing", $"write '{key.Name}: {key.Example}'");
        }

        return null;
    }

    private static string Known(PolicySection section) => section.Keys.Count == 1
        ? $"'{section.Keys[0].Name}'"
        : $"some of {string.Join(", ", section.Keys.Select(static key => key.Name))}";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
