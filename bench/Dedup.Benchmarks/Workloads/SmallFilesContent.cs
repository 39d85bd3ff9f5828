using System.Buffers.Binary;

namespace Dedup.Benchmarks;

/// <summary>So many files of 16 bytes, no two alike: what a file costs beyond its content.</summary>
internal sealed class SmallFilesContent(int files) : ISyntheticContent
{
    public const int Length = 16;

    public int Files => files;

    public long LengthOf(int file) => Length;

    public void Read(int file, long offset, Span<byte> destination)
    {
        Span<byte> content = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(content, SplitMix64.At(seed: 20, (ulong)file));
        BinaryPrimitives.WriteUInt64LittleEndian(content[8..], (ulong)file);
        content.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
