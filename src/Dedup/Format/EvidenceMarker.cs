using System.Buffers.Binary;

namespace Dedup.Format;

/// <summary>
/// What lies in a replica as <c>evidence/chain</c>: magic (8), number of the chain (8), never 0. Made by who mirrors, who has no key; it keeps no secret, and all that
/// who changes it gains is that records go to another chain.
/// </summary>
internal static class EvidenceMarker
{
    public const int Length = 16;

    private static ReadOnlySpan<byte> Magic => "DEDUPEVC"u8;

    /// <summary>Makes the marker of a new chain.</summary>
    public static byte[] Make()
    {
        byte[] marker = [.. Magic, .. Randomness.GetBytes(sizeof(ulong))];
        marker[^1] |= 1;
        return marker;
    }

    /// <summary>The number of the chain.</summary>
    /// <returns><see langword="null"/> when it is damaged.</returns>
    public static ulong? Read(ReadOnlySpan<byte> marker) =>
        marker.Length == Length && marker.StartsWith(Magic) && BinaryPrimitives.ReadUInt64LittleEndian(marker[Magic.Length..]) is var chain and not 0
            ? chain
            : null;
}
