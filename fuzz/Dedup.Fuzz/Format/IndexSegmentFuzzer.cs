using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Index segments (format-spec.md, section 10).</summary>
internal sealed class IndexSegmentFuzzer() : SealedFuzzer<IndexSegment>("index-segment", SealedObject.IndexMagic, FuzzKeys.Keys.Index, [])
{
    private const int EntryLength = 56;

    protected override IEnumerable<IndexSegment> Values =>
    [
        new([], []),
        new([Pack(1, PackKind.Data, 3), Pack(2, PackKind.Tree, 2), Pack(3, PackKind.Data, 0)], [new Bytes32(FuzzKeys.Counting(9, Bytes32.Length))]),
    ];

    protected override IndexSegment Read(ReadOnlySpan<byte> whole) => IndexSegmentFormat.Open(whole, FuzzKeys.Keys, Name);

    protected override byte[] Write(IndexSegment value) => IndexSegmentFormat.Seal(value, FuzzKeys.Keys);

    protected override void ReadIndependently(byte[] whole) => FormatReader.IndexSegment.Open(FuzzKeys.Independent, whole);

    // A reader need not check how entries of the same id are ordered: a writer orders them.
    protected override bool SaysTheSame(ReadOnlySpan<byte> read, ReadOnlySpan<byte> written) =>
        read.Length == written.Length && Sum(read) == Sum(written);

    protected override IEnumerable<long> Describe(IndexSegment value) =>
        [value.Packs.Count, value.Replaced.Count, value.Packs.Sum(static pack => pack.Entries.Count)];

    private static PackDirectory Pack(byte id, PackKind kind, int entries)
    {
        List<PackEntry> list = [];
        int offset = PackLayout.HeaderLength;
        for (int i = 0; i < entries; i++)
        {
            BlobKind blob = kind == PackKind.Data ? BlobKind.Data : i == 0 ? BlobKind.Tree : BlobKind.List;
            list.Add(new PackEntry(new BlobId(FuzzKeys.Counting(id + (i * 50), BlobId.Length)), blob, BlobCodec.None, 100, 180, offset, i));
            offset += 180;
        }

        return new PackDirectory(new PackId(FuzzKeys.Counting(id, PackId.Length)), kind, 4096, list);
    }

    /// <summary>A sum of pieces that does not hang on their order, from the end, where the entries lie.</summary>
    private static ulong Sum(ReadOnlySpan<byte> plain)
    {
        ulong sum = 0;
        for (int end = plain.Length; end > 0; end -= EntryLength)
        {
            sum = unchecked(sum + Outcome.OfBytes(plain[Math.Max(end - EntryLength, 0)..end]));
        }

        return sum;
    }
}
