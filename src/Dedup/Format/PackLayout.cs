using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>
/// Where things lie in a pack.
/// <code>
/// header    80  "DEDUPPAK", version (2), kind (1), zero (5), salt (32), commitment (32)
/// records       each: sealed record header (48 + 16), sealed body (n + 16)
/// padding       random bytes
/// footer        sealed: count (4), then 48 bytes a record
/// trailer   16  length of the sealed footer (4), zero (4), "DEDUPEND"
/// </code>
/// </summary>
internal static class PackLayout
{
    public const int HeaderLength = 80;

    public const int RecordHeaderLength = 48;

    public const int SealedRecordHeaderLength = RecordHeaderLength + ObjectKey.TagLength;

    /// <summary>What a record takes besides the stored body.</summary>
    public const int RecordOverhead = SealedRecordHeaderLength + ObjectKey.TagLength;

    public const int TrailerLength = 16;

    public const int FooterEntryLength = 48;

    /// <summary>The coarsest padding: with whole packs of 32 MiB it costs 0.2 % on average.</summary>
    public const int MaxPaddingGranule = 128 << 10;

    public static ReadOnlySpan<byte> Magic => "DEDUPPAK"u8;

    public static ReadOnlySpan<byte> TrailerMagic => "DEDUPEND"u8;

    /// <summary>The length of a sealed footer for so many records.</summary>
    public static int SealedFooterLength(int records) => sizeof(uint) + (records * FooterEntryLength) + ObjectKey.TagLength;

    /// <summary>
    /// The length to which a pack is padded: Padmé (PURBs, PETS 2019, section 4) keeps the leading bits of a length and rounds
    /// the rest up, so that the length tells O(log log n) bits; beyond a point a constant granule costs less and tells little more.
    /// </summary>
    public static long PaddedLength(long length)
    {
        int exponent = (int)long.Log2(Math.Max(length, 2));
        int kept = int.Log2(exponent) + 1;
        long granule = Math.Min(1L << Math.Max(exponent - kept, 0), MaxPaddingGranule);
        return (length + granule - 1) / granule * granule;
    }

    /// <summary>Which kind of pack takes a kind of blob.</summary>
    public static PackKind PackOf(BlobKind kind) => kind == BlobKind.Data ? PackKind.Data : PackKind.Tree;

    /// <summary>The largest plaintext of a kind of blob.</summary>
    public static int MaxPlainLength(PackKind kind) => kind == PackKind.Data ? Limits.MaxChunkLength : Limits.MaxMetadataLength;
}
