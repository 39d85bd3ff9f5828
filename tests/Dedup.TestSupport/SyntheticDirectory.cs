using System.Globalization;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>A directory of a <see cref="SyntheticSource"/>. Made once and read as often as needed: disposing changes nothing.</summary>
public sealed class SyntheticDirectory : ISourceDirectory
{
    private static readonly NodeMetadata Metadata = new()
    {
        Type = NodeType.Directory,
        Mode = 0b111_101_101,
        ModifiedNs = SyntheticFile.TimeNs,
        ChangedNs = SyntheticFile.TimeNs,
    };

    private readonly IReadOnlyList<EntryName> _names;
    private readonly Func<EntryName, SyntheticContent> _find;
    private readonly Dictionary<EntryName, SyntheticDirectory> _directories = [];

    /// <summary>A directory of some files and directories.</summary>
    public SyntheticDirectory(IEnumerable<(string Name, SyntheticContent Content)> files, params (string Name, SyntheticDirectory Directory)[] directories)
    {
        Dictionary<EntryName, SyntheticContent> contents = files.ToDictionary(file => EntryName.FromText(file.Name), file => file.Content);
        _directories = directories.ToDictionary(directory => EntryName.FromText(directory.Name), directory => directory.Directory);
        _names = [.. contents.Keys.Concat(_directories.Keys).Order()];
        _find = name => contents[name];
    }

    /// <summary>A directory of many files, named <c>entry-</c> and the number in seven digits; nothing is kept for a file but its name.</summary>
    /// <param name="count">How many.</param>
    /// <param name="content">The content of the file of a number.</param>
    public SyntheticDirectory(int count, Func<int, SyntheticContent> content)
    {
        const int Prefix = 6;
        _names = Array.ConvertAll(Enumerable.Range(0, count).ToArray(), i => EntryName.FromText(string.Create(CultureInfo.InvariantCulture, $"entry-{i:d7}")));
        _find = name => content(int.Parse(name.ToString().AsSpan(Prefix), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public IReadOnlyList<EntryName> ReadNames() => _names;

    /// <inheritdoc/>
    public NodeMetadata Stat(EntryName name) =>
        _directories.ContainsKey(name) ? Metadata : SyntheticFile.Describe(_find(name));

    /// <inheritdoc/>
    public ISourceDirectory OpenDirectory(EntryName name) => _directories[name];

    /// <inheritdoc/>
    public ISourceFile OpenFile(EntryName name) => new SyntheticFile(_find(name));

    /// <inheritdoc/>
    public byte[] ReadLink(EntryName name) => throw new NotSupportedException("There are no links here.");

    /// <inheritdoc/>
    public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => [];

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
