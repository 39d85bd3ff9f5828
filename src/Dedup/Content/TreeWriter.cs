using System.Buffers.Binary;
using System.Security.Cryptography;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Content;

/// <summary>Writes a directory: nodes in, sorted by name, pages out. One thread at a time.</summary>
internal sealed class TreeWriter(RepositoryKeys keys, Func<BlobKind, ReadOnlySpan<byte>, BlobId> store)
    : PageWriter<TreeBranch>(BlobKind.Tree, store)
{
    private TreeTotals _totals;

    /// <summary>Appends a node; its name sorts after all before it.</summary>
    public void Add(Node node)
    {
        Append(writer => NodeFormat.Write(writer, node), new TreeBranch(default, 1, node.Name));
        _totals += TreeTotals.Of(node);
    }

    /// <summary>Writes what is left.</summary>
    /// <returns>The directory's tree and what lies below it.</returns>
    public (BlobId Tree, TreeTotals Totals) Finish() => (FinishPages(), _totals);

    protected override void WriteBranch(ByteWriter writer, TreeBranch branch) => PageFormat.WriteBranch(writer, branch);

    protected override TreeBranch WithPage(TreeBranch branch, BlobId page) => branch with { Page = page };

    protected override TreeBranch Combine(TreeBranch left, TreeBranch right) => left with { Nodes = left.Nodes + right.Nodes };

    protected override bool IsLast(TreeBranch entry)
    {
        // By the name alone, so that a changed file does not move the page's end; keyed, so that names do not show in page lengths.
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys.Pages, entry.FirstName.Bytes, digest);
        return (BinaryPrimitives.ReadUInt64LittleEndian(digest) & PageFormat.SplitMask) == 0;
    }
}
