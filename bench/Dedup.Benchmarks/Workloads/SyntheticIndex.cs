using System.Runtime.InteropServices;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Benchmarks;

/// <summary>Index segments as a repository of so many blobs has them, made of nothing but their numbers.</summary>
internal static class SyntheticIndex
{
    /// <summary>Packs of 32 MiB with blobs of some 256 KiB after compression, and as many to a segment as a backup writes.</summary>
    public const int BlobsPerPack = 128, PacksPerSegment = 64, BlobsPerSegment = BlobsPerPack * PacksPerSegment;

    private const int StoredLength = 256 << 10;

    /// <summary>The id of the blob of a number. Unknown are those of numbers that no segment holds.</summary>
    public static BlobId Blob(long number) => new(Id(seed: 21, number));

    public static PackId Pack(long number) => new(Id(seed: 22, number));

    /// <summary>How many segments list so many blobs.</summary>
    public static int Segments(long blobs) => (int)((blobs + BlobsPerSegment - 1) / BlobsPerSegment);

    public static CatalogueSegment Segment(int number, long blobs)
    {
        List<PackDirectory> packs = [];
        long end = Math.Min(blobs, (long)(number + 1) * BlobsPerSegment);
        for (long first = (long)number * BlobsPerSegment; first < end; first += BlobsPerPack)
        {
            PackEntry[] entries = new PackEntry[(int)Math.Min(BlobsPerPack, end - first)];
            for (int i = 0; i < entries.Length; i++)
            {
                int offset = PackLayout.HeaderLength + (i * StoredLength);
                entries[i] = new PackEntry(Blob(first + i), BlobKind.Data, BlobCodec.Lz4, 2 * StoredLength, StoredLength, offset, i);
            }

            packs.Add(new PackDirectory(Pack(first / BlobsPerPack), PackKind.Data, PackLayout.HeaderLength + ((long)(BlobsPerPack + 1) * StoredLength), entries));
        }

        return new CatalogueSegment(new Bytes32(Id(seed: 23, number)), packs);
    }

    public static byte[] Seal(CatalogueSegment segment, RepositoryKeys keys) =>
        IndexSegmentFormat.Seal(new IndexSegment(segment.Packs, []), keys);

    private static ReadOnlySpan<byte> Id(ulong seed, long number)
    {
        ulong[] words = new ulong[Bytes32.Length / sizeof(ulong)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = SplitMix64.At(seed, unchecked(((ulong)number * (ulong)words.Length) + (ulong)i));
        }

        return MemoryMarshal.AsBytes<ulong>(words);
    }
}
