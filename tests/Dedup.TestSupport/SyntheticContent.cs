using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dedup.TestSupport;

/// <summary>The content of a file that exists in memory only: bytes that cannot be compressed, the same at every reading.</summary>
/// <param name="Length">The length in bytes.</param>
/// <param name="Seed">Other seeds give other bytes.</param>
public sealed record SyntheticContent(long Length, ulong Seed = 1)
{
    // Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>How many bytes stand before the content of the same seed, as if they had been inserted.</summary>
    public int Inserted { get; init; }

    /// <summary>Other versions have other times, so that a backup reads the file again.</summary>
    public int Version { get; init; }

    /// <summary>Computes a part of the content.</summary>
    /// <returns>How many bytes there were.</returns>
    public int Read(long offset, Span<byte> destination)
    {
        int length = (int)Math.Clamp(Length - offset, 0, destination.Length);
        destination = destination[..length];
        while (offset < Inserted && !destination.IsEmpty)
        {
            destination[0] = 0xA5;
            destination = destination[1..];
            offset++;
        }

        Fill(offset - Inserted, destination);
        return length;
    }

    private void Fill(long offset, Span<byte> destination)
    {
        int skip = (int)(offset & (sizeof(ulong) - 1));
        ulong state = unchecked((Seed << 40) + ((ulong)(offset / sizeof(ulong)) * Step));
        if (skip != 0)
        {
            Span<byte> word = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next(ref state));
            int taken = Math.Min(sizeof(ulong) - skip, destination.Length);
            word.Slice(skip, taken).CopyTo(destination);
            destination = destination[taken..];
        }

        foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(destination))
        {
            word = Next(ref state);
        }

        Span<byte> rest = destination[(destination.Length & ~(sizeof(ulong) - 1))..];
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(last, Next(ref state));
        last[..rest.Length].CopyTo(rest);
    }

    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += Step;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
