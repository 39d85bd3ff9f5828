using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Counts files of snapshots by what they hold. A page that lies at the same path in several snapshots is read once.</summary>
internal sealed class FileContentCount(BlobReader blobs, StatisticsMode mode, CancellationToken cancellationToken)
{
    private const int Root = 0;

    private readonly DirectoryPages _pages = new(blobs);
    private readonly TreeReader _trees = new(blobs);

    /// <summary>Numbers of paths: a path is the number of its directory and a name.</summary>
    private readonly Dictionary<(int Directory, EntryName Name), int> _paths = [];

    private readonly HashSet<(int Directory, BlobId Page)> _seen = [];
    private readonly HashSet<UInt128> _contents = [];
    private readonly HashSet<int> _files = [];
    private readonly HashSet<(int Path, BlobId Blob)> _blobs = [];
    private long _bytes;

    /// <summary>Counts the files of a tree.</summary>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    public void Add(BlobId tree)
    {
        Stack<(int Directory, BlobId Tree)> open = new();
        open.Push((Root, tree));
        while (open.TryPop(out (int Directory, BlobId Tree) next))
        {
            if (!_seen.Add(next))
            {
                continue;
            }

            // A page of entries may be the tree itself, which was just noted.
            foreach (BlobId leaf in _pages.Leaves(next.Tree, _ => { }, cancellationToken).Where(leaf => leaf == next.Tree || _seen.Add((next.Directory, leaf))))
            {
                foreach (Node node in _pages.Read(leaf, cancellationToken))
                {
                    if (node.Metadata.Type == NodeType.Directory)
                    {
                        open.Push((PathOf(next.Directory, node.Name), node.Tree));
                    }
                    else if (node.Metadata.Type == NodeType.File)
                    {
                        Count(next.Directory, node);
                    }
                }
            }
        }
    }

    /// <summary>What was counted.</summary>
    /// <param name="snapshots">In how many snapshots.</param>
    public ContentStatistics Sum(int snapshots) =>
        mode == StatisticsMode.FilesByContents ? new(snapshots, _contents.Count, 0, _bytes) : new(snapshots, _files.Count, _blobs.Count, _bytes);

    private void Count(int directory, Node file)
    {
        if (mode == StatisticsMode.FilesByContents)
        {
            _bytes = Amount.Add(_bytes, _contents.Add(ContentOf(file)) ? file.Metadata.Size : 0);
            return;
        }

        int path = PathOf(directory, file.Name);
        _files.Add(path);
        foreach (Extent extent in _trees.ReadExtents(file, cancellationToken).Where(extent => !extent.IsHole))
        {
            _bytes = Amount.Add(_bytes, _blobs.Add((path, extent.Blob)) ? extent.Length : 0);
        }
    }

    /// <summary>Half of the SHA-256 of what a file consists of: equal for equal content, as equal content is cut equally.</summary>
    private static UInt128 ContentOf(Node file)
    {
        Extent[] extents = file.List.IsZero ? [.. file.Extents] : [new Extent(file.List, file.Metadata.Size)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes<Extent>(extents), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private int PathOf(int directory, EntryName name)
    {
        if (!_paths.TryGetValue((directory, name), out int path))
        {
            path = _paths.Count + 1;
            _paths.Add((directory, name), path);
        }

        return path;
    }
}
