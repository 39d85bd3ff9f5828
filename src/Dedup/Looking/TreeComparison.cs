using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Compares two trees; what both have is passed over unread.</summary>
/// <param name="blobs">Where pages are read.</param>
/// <param name="withMetadata">Whether entries count as different of which only the metadata differs.</param>
/// <param name="report">Told each difference, a directory before what it holds, in order of names.</param>
internal sealed class TreeComparison(BlobReader blobs, bool withMetadata, Action<TreeChange> report)
{
    private readonly DifferenceSide _before = new(new TreeReader(blobs)), _after = new(new TreeReader(blobs));
    private long _changedFiles;

    /// <summary>Compares two directories.</summary>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    public void Compare(BlobId source, BlobId target, CancellationToken cancellationToken)
    {
        DirectoryPairs pairs = new(new DirectoryPages(blobs), _before.AddPage, _after.AddPage);
        Stack<(EntryPath? Path, IEnumerator<(Node? Before, Node? After)> Pairs)> open = new();
        open.Push((null, pairs.Of(source, target, cancellationToken).GetEnumerator()));
        while (open.TryPeek(out (EntryPath? Path, IEnumerator<(Node? Before, Node? After)> Pairs) directory))
        {
            if (!directory.Pairs.MoveNext())
            {
                directory.Pairs.Dispose();
                open.Pop();
                continue;
            }

            (Node? before, Node? after) = directory.Pairs.Current;
            Compare(directory.Path, before, after, cancellationToken);
            BlobId left = before?.Tree ?? default, right = after?.Tree ?? default;
            if (left != right)
            {
                if (open.Count > Limits.MaxDepth)
                {
                    throw new CorruptDataException($"blob {right}", -1, $"directories nest deeper than {Limits.MaxDepth}");
                }

                open.Push((new EntryPath(directory.Path, (after ?? before)!.Name), pairs.Of(left, right, cancellationToken).GetEnumerator()));
            }
        }
    }

    /// <summary>Compares two entries that are no directories, or one of them.</summary>
    public void Compare(EntryPath? directory, Node? before, Node? after, CancellationToken cancellationToken)
    {
        TreeChangeKinds kinds = KindsOf(before, after);
        if (before is null || after is null)
        {
            if (before is not null)
            {
                _before.Count(before);
            }

            if (after is not null)
            {
                _after.Count(after);
            }
        }

        _changedFiles += kinds.HasFlag(TreeChangeKinds.ContentChanged) && after!.Metadata.Type == NodeType.File ? 1 : 0;
        if (before is null || after is null || !NodeComparison.HaveSameContent(before, after) || !NodeComparison.HaveSameMetadata(before, after))
        {
            if (before is not null)
            {
                _before.AddBlobs(before, cancellationToken);
            }

            if (after is not null)
            {
                _after.AddBlobs(after, cancellationToken);
            }
        }

        if (kinds != TreeChangeKinds.None)
        {
            report(new TreeChange(kinds, (IReadOnlyList<EntryName>?)directory ?? [], before, after));
        }
    }

    /// <summary>What was found in sum.</summary>
    public SnapshotDifference Sum(CatalogueDatabase catalogue) => new(_changedFiles, _after.Without(_before, catalogue), _before.Without(_after, catalogue));

    private TreeChangeKinds KindsOf(Node? before, Node? after)
    {
        if (before is null || after is null)
        {
            return before is null ? TreeChangeKinds.Added : TreeChangeKinds.Removed;
        }

        bool isSameMetadata = NodeComparison.HaveSameMetadata(before, after);
        TreeChangeKinds metadata = withMetadata && !isSameMetadata ? TreeChangeKinds.MetadataChanged : TreeChangeKinds.None;
        if (before.Metadata.Type != after.Metadata.Type)
        {
            return TreeChangeKinds.TypeChanged | metadata;
        }

        if (after.Metadata.Type == NodeType.Directory || NodeComparison.HaveSameContent(before, after))
        {
            return metadata;
        }

        bool isSuspicious = isSameMetadata && after.Metadata.Type == NodeType.File
            && before.Metadata.ChangedNs == after.Metadata.ChangedNs && before.Metadata.Inode == after.Metadata.Inode;
        return TreeChangeKinds.ContentChanged | metadata | (isSuspicious ? TreeChangeKinds.Suspicious : TreeChangeKinds.None);
    }
}
