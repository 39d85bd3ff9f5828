using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>Pages of the extents of large files (format-spec.md, section 13).</summary>
internal sealed class ListPageFuzzer() : PageFuzzer<Extent, ListBranch>("list")
{
    private static readonly BlobId Blob = new(FuzzKeys.Counting(5, BlobId.Length));

    public override IEnumerable<byte[]> Seeds =>
        [Page(), Page(new Extent(Blob, 100), Extent.Hole(1L << 40), new Extent(Blob, Limits.MaxChunkLength)), Branches(1, new ListBranch(Blob, 5))];

    public override IReadOnlyList<byte[]> Words { get; } = [new byte[BlobId.Length], BitConverter.GetBytes((long)Limits.MaxChunkLength + 1)];

    protected override Extent[] ReadEntries(ref ByteReader reader, int count) => PageFormat.ReadExtents(ref reader, count);

    protected override ListBranch[] ReadBranches(ref ByteReader reader, int count) => PageFormat.ReadListBranches(ref reader, count);

    protected override void Write(ByteWriter writer, Extent entry) => NodeFormat.WriteExtent(writer, entry);

    protected override void Write(ByteWriter writer, ListBranch branch) => PageFormat.WriteBranch(writer, branch);

    protected override Outcome Describe(Extent[] entries) => Outcome.Accepted(0, entries.Length, entries.Count(static extent => extent.IsHole));

    protected override void ReadIndependently(byte[] plain) => FormatReader.ListPage.Parse(plain);
}
