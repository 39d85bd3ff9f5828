using System.Buffers.Binary;

namespace Dedup.Tests.Chunking;

/// <summary>
/// The generator of all test data here: Steele, Lea and Flood's SplitMix64, small enough to be written again anywhere. The
/// bytes of its outputs are taken little-endian.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 up to, not including, the bound; the bias is of no account here.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public void Fill(Span<byte> destination)
    {
        for (; destination.Length >= 8; destination = destination[8..])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, Next());
        }

        if (!destination.IsEmpty)
        {
            Span<byte> last = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(last, Next());
            last[..destination.Length].CopyTo(destination);
        }
    }

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }
}
