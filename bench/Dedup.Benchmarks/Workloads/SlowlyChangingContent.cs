using System.Buffers.Binary;

namespace Dedup.Benchmarks;

/// <summary>Ten thousand small files of which ten, anywhere, change from snapshot to snapshot.</summary>
internal sealed class SlowlyChangingContent : ISyntheticContent
{
    public const int ChangesPerSnapshot = 10;

    private const int Length = 16;

    private readonly long[] _versions = new long[10_000];
    private long _snapshot;

    public int Files => _versions.Length;

    public long LengthOf(int file) => Length;

    public long VersionOf(int file) => _versions[file];

    /// <summary>Changes some files.</summary>
    public void Change()
    {
        _snapshot++;
        for (int i = 0; i < ChangesPerSnapshot; i++)
        {
            _versions[SplitMix64.At(seed: (ulong)_snapshot, (ulong)i) % (ulong)Files] = _snapshot;
        }
    }

    public void Read(int file, long offset, Span<byte> destination)
    {
        Span<byte> content = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(content, file);
        BinaryPrimitives.WriteInt64LittleEndian(content[sizeof(long)..], VersionOf(file));
        content.Slice((int)offset, destination.Length).CopyTo(destination);
    }
}
