using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Fuzz;

/// <summary>Footers of packs (format-spec.md, section 8). The input is the kind, how long the records are in all, and the plaintext of the footer, which is sealed.</summary>
internal sealed class PackFooterFuzzer() : Fuzzer("pack-footer")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        [0, 0, 0, .. Footer([])],
        [0, 104, 1, .. Footer([Entry(0, BlobKind.Data, 100), Entry(1, BlobKind.Data, 100)])],
        [1, 104, 1, .. Footer([Entry(0, BlobKind.Tree, 100), Entry(1, BlobKind.List, 100)])],
    ];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        FuzzPack pack = FuzzPack.Of((script.Byte() & 1) == 1);
        int records = script.Short();
        byte[] whole = Build(pack, records, script.Rest);
        PackId id = new(ContentHash.Of(whole).ToArray());
        MemoryStore store = new();
        store.TryAdd(RepositoryObjects.Pack(id), whole);

        PackDirectory? directory = null;
        CorruptDataException? rejection = null;
        try
        {
            using (Allocation.AtMost(AllocationFor(whole.Length)))
            {
                directory = PackReader.ReadFooterAsync(store, FuzzKeys.Keys, id, whole.Length, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (CorruptDataException exception)
        {
            rejection = exception;
        }

        Agreement.Require(rejection, () => FormatReader.Pack.Open(FuzzKeys.Independent, whole).ReadFooter());
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        byte[] footer = PackFooter.Write(pack.Seal, directory!.Entries, PackLayout.HeaderLength + records);
        PropertyException.Require(whole.AsSpan(PackLayout.HeaderLength + records).SequenceEqual(footer), "the footer is written anew as something else");
        return Outcome.Accepted(directory.Entries.Count, (int)directory.Kind, directory.Length);
    }

    private static byte[] Build(FuzzPack pack, int records, ReadOnlySpan<byte> footer)
    {
        byte[] whole = new byte[PackLayout.HeaderLength + records + footer.Length + ObjectKey.TagLength + PackLayout.TrailerLength];
        pack.Header.CopyTo(whole, 0);
        int offset = PackLayout.HeaderLength + records;
        pack.Seal.SealFooter(footer, offset, whole.AsSpan(offset));
        Span<byte> trailer = whole.AsSpan(^PackLayout.TrailerLength..);
        BitConverter.TryWriteBytes(trailer, footer.Length + ObjectKey.TagLength);
        PackLayout.TrailerMagic.CopyTo(trailer[8..]);
        return whole;
    }

    private static PackEntry Entry(int ordinal, BlobKind kind, int length) => new(
        new BlobId(FuzzKeys.Counting(ordinal, BlobId.Length)), kind, BlobCodec.None, length, length + PackLayout.RecordOverhead,
        PackLayout.HeaderLength + (ordinal * (length + PackLayout.RecordOverhead)), ordinal);

    private static byte[] Footer(PackEntry[] entries)
    {
        byte[] plain = new byte[sizeof(uint) + (entries.Length * PackLayout.FooterEntryLength)];
        BitConverter.TryWriteBytes(plain, entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            RecordHeader.Write(entries[i], entries[i].Offset, plain.AsSpan(sizeof(uint) + (i * PackLayout.FooterEntryLength)));
        }

        return plain;
    }
}
