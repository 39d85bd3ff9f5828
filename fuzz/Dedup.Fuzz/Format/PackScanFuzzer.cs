using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>
/// Packs without a footer, whose records say one after the other what they are. The input is the kind, then each record: how long its body is, and 48 bytes
/// of record header, which are sealed for its place.
/// </summary>
internal sealed class PackScanFuzzer() : Fuzzer("pack-scan")
{
    public override IEnumerable<byte[]> Seeds =>
        [[0, .. Record(0, BlobKind.Data, 20), .. Record(1, BlobKind.Data, 0), .. Record(2, BlobKind.Data, 200)], [1, .. Record(0, BlobKind.List, 20), .. Record(1, BlobKind.Tree, 20)]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        FuzzPack pack = FuzzPack.Of((script.Byte() & 1) == 1);
        List<byte> built = [.. pack.Header];
        byte[] header = new byte[PackLayout.RecordHeaderLength], sealedHeader = new byte[PackLayout.SealedRecordHeaderLength];
        for (uint ordinal = 0; !script.IsEmpty; ordinal++)
        {
            int body = script.Byte();
            header.AsSpan().Clear();
            script.Take(header.Length).CopyTo(header);
            pack.SealHeader(ordinal, header, sealedHeader);
            built.AddRange(sealedHeader);
            built.AddRange(new byte[body + PackLayout.RecordOverhead - sealedHeader.Length]);
        }

        byte[] whole = [.. built];
        PackId id = new(ContentHash.Of(whole).ToArray());
        MemoryStore store = new();
        store.TryAdd(RepositoryObjects.Pack(id), whole);
        PackDirectory directory;
        using (Allocation.AtMost(AllocationFor(whole.Length)))
        {
            directory = PackReader.ScanAsync(store, FuzzKeys.Keys, id, whole.Length, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        int independent = FormatReader.Pack.Open(FuzzKeys.Independent, whole).ScanRecords().Count;
        PropertyException.Require(directory.Entries.Count == independent, $"the engine finds {directory.Entries.Count} records and the independent reader {independent}");
        long end = PackLayout.HeaderLength;
        foreach (PackEntry entry in directory.Entries)
        {
            PropertyException.Require(entry.Offset == end && entry.Offset + (long)entry.StoredLength <= whole.Length, "a record lies outside of the pack");
            end += entry.StoredLength;
        }

        return Outcome.Accepted(directory.Entries.Count, whole.Length, (int)directory.Kind);
    }

    private static byte[] Record(int ordinal, BlobKind kind, byte length)
    {
        byte[] record = new byte[1 + PackLayout.RecordHeaderLength];
        record[0] = length;
        RecordHeader.Write(
            new PackEntry(new BlobId(FuzzKeys.Counting(ordinal, BlobId.Length)), kind, BlobCodec.None, length, length + PackLayout.RecordOverhead, 0, ordinal), ordinal, record.AsSpan(1));
        return record;
    }
}
