using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>Pages of the extents of large files (format-spec.md, section 13).</summary>
internal sealed class ListPageFuzzer() : PageFuzzer("list")
{
    private static readonly BlobId Blob = new(FuzzKeys.Counting(5, BlobId.Length));

    public override IEnumerable<byte[]> Seeds => [Page(0), Page(0, new Extent(Blob, 100), Extent.Hole(1L << 40), new Extent(Blob, Limits.MaxChunkLength)), Page(1, new Extent(Blob, 5))];

    public override IReadOnlyList<byte[]> Words { get; } = [new byte[BlobId.Length], BitConverter.GetBytes((long)Limits.MaxChunkLength + 1)];

    protected override Outcome ReadEntries(ref ByteReader reader, int count, ByteWriter written)
    {
        Extent[] extents = PageFormat.ReadExtents(ref reader, count);
        foreach (Extent extent in extents)
        {
            NodeFormat.WriteExtent(written, extent);
        }

        return Outcome.Accepted(0, extents.Length, extents.Count(static extent => extent.IsHole));
    }

    protected override Outcome ReadBranches(ref ByteReader reader, int count, ByteWriter written)
    {
        ListBranch[] branches = PageFormat.ReadListBranches(ref reader, count);
        foreach (ListBranch branch in branches)
        {
            PageFormat.WriteBranch(written, branch);
        }

        return Outcome.Accepted(1, branches.Length);
    }

    protected override void ReadIndependently(byte[] plain) => FormatReader.ListPage.Parse(plain);

    // An extent and a branch are laid out alike.
    private static byte[] Page(int level, params Extent[] extents)
    {
        ByteWriter writer = new();
        writer.Zeros(PageFormat.HeaderLength);
        PageFormat.WriteHeader(writer.Reserved(PageFormat.HeaderLength), level, extents.Length);
        foreach (Extent extent in extents)
        {
            NodeFormat.WriteExtent(writer, extent);
        }

        return writer.Written.ToArray();
    }
}
