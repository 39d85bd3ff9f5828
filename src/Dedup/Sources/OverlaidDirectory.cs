using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>A directory of an <see cref="OverlaidSource"/> on the way to added files.</summary>
internal sealed class OverlaidDirectory : ISourceDirectory
{
    private readonly ISourceDirectory? _files;
    private readonly ILookup<EntryName, (ArraySegment<EntryName> Path, AddedFile File)> _added;
    private readonly HashSet<EntryName> _names;
    private readonly NodeMetadata _directory;
    private readonly NodeMetadata _file;
    private readonly CancellationToken _cancellationToken;

    /// <param name="files">The directory of the other source; <see langword="null"/> when that has none here. Disposed of with this one.</param>
    /// <param name="added">The added files below, by their paths from here.</param>
    /// <param name="directory">What is told of directories that only added files need.</param>
    /// <param name="file">What is told of added files, but for what the other source knows.</param>
    /// <param name="cancellationToken">Ends the wait for content.</param>
    public OverlaidDirectory(
        ISourceDirectory? files, IEnumerable<(ArraySegment<EntryName> Path, AddedFile File)> added, NodeMetadata directory, NodeMetadata file, CancellationToken cancellationToken)
    {
        _files = files;
        _added = added.ToLookup(static entry => entry.Path[0]);
        _names = [.. files?.ReadNames() ?? []];
        _directory = directory;
        _file = file;
        _cancellationToken = cancellationToken;
    }

    public IReadOnlyList<EntryName> ReadNames() => [.. _names.Union(_added.Select(static group => group.Key)).Order()];

    public NodeMetadata Stat(EntryName name)
    {
        NodeMetadata? known = _names.Contains(name) ? _files!.Stat(name) : null;
        return !IsAdded(name, out _) ? known ?? _directory
            : known is null ? _file
            : known with { Size = _file.Size, ModifiedNs = _file.ModifiedNs, ChangedNs = _file.ChangedNs, Inode = 0, LinkCount = 1, LinkDevice = 0 };
    }

    public bool Includes(EntryName name, NodeMetadata metadata) => !_names.Contains(name) || _added.Contains(name) || _files!.Includes(name, metadata);

    public ISourceDirectory OpenDirectory(EntryName name)
    {
        ISourceDirectory? files = _names.Contains(name) ? _files!.OpenDirectory(name) : null;
        return _added.Contains(name) || files is null
            ? new OverlaidDirectory(files, _added[name].Select(static entry => (entry.Path[1..], entry.File)), _directory, _file, _cancellationToken)
            : files;
    }

    public ISourceFile OpenFile(EntryName name)
    {
        if (!IsAdded(name, out AddedFile? added))
        {
            return _files!.OpenFile(name);
        }

        IReadOnlyList<ExtendedAttribute> xattrs = [];
        if (_names.Contains(name))
        {
            using ISourceFile known = _files!.OpenFile(name);
            xattrs = known.ReadXattrs();
        }

        return new StreamFile(added!.Path, Stat(name), added.Open(), _cancellationToken) { Xattrs = xattrs };
    }

    public byte[] ReadLink(EntryName name) => _files is null ? throw new SourceException(name.ToString(), "is no symbolic link") : _files.ReadLink(name);

    public IReadOnlyList<ExtendedAttribute> ReadXattrs(EntryName name) => _names.Contains(name) ? _files!.ReadXattrs(name) : [];

    public void Dispose() => _files?.Dispose();

    private bool IsAdded(EntryName name, out AddedFile? file)
    {
        file = _added[name].Where(static entry => entry.Path.Count == 1).Select(static entry => entry.File).FirstOrDefault();
        return file is not null;
    }
}
