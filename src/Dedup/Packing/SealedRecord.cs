using Dedup.Format;

namespace Dedup.Packing;

/// <summary>A record just sealed, as it lies in its pack's buffer.</summary>
/// <param name="Seal">The pack's key.</param>
/// <param name="Entry">Where the record lies and what it says it holds.</param>
/// <param name="Bytes">The sealed record.</param>
internal readonly record struct SealedRecord(PackSeal Seal, PackEntry Entry, ReadOnlyMemory<byte> Bytes);
