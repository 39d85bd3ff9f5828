namespace Dedup.Format;

/// <summary>Where a blob lies in a pack: one entry of a pack's directory.</summary>
/// <param name="Id">The blob.</param>
/// <param name="Kind">What its plaintext is.</param>
/// <param name="Codec">How it is compressed.</param>
/// <param name="PlainLength">The length of its plaintext in bytes.</param>
/// <param name="StoredLength">The length of its record in the pack, in bytes: sealed record header and sealed body with their tags.</param>
/// <param name="Offset">Where its record begins, in bytes from the start of the pack.</param>
/// <param name="Ordinal">Its place in the pack, counted from 0: the nonce of its seal.</param>
internal readonly record struct PackEntry(
    BlobId Id, BlobKind Kind, BlobCodec Codec, int PlainLength, int StoredLength, int Offset, int Ordinal);
