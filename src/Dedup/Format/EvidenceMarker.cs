using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Format;

/// <summary>
/// What lies in a replica as <c>evidence/chain</c>: random bytes, whose hash gives the number of the chain. Made by who mirrors, who has no key. Any bytes are a marker, so that none
/// is ever damaged: who changes it gains that records go to another chain, where they are found all the same.
/// </summary>
internal static class EvidenceMarker
{
    /// <summary>How many bytes of the object count.</summary>
    public const int Length = 32;

    private const ulong NotTheRepositorysOwn = 1UL << 63;

    /// <summary>Makes the marker of a new chain.</summary>
    public static byte[] Make() => Randomness.GetBytes(Length);

    /// <summary>The number of the chain: the first 8 bytes of the SHA-256 of the marker's first 32, with the highest bit set.</summary>
    public static ulong ChainOf(ReadOnlySpan<byte> marker)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(marker[..Math.Min(marker.Length, Length)], digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest) | NotTheRepositorysOwn;
    }
}
