using System.Collections.Concurrent;

namespace Dedup.Packing;

/// <summary>
/// The buffers of packs that are over, for those that follow: large arrays are collected late, and at the pace at which packs are
/// written those that wait would be most of the memory in use.
/// </summary>
internal sealed class PackBuffers
{
    private readonly ConcurrentBag<byte[]> _free = [];

    /// <summary>A buffer of at least some length, filled with anything.</summary>
    public byte[] Rent(int length) =>
        _free.TryTake(out byte[]? buffer) && buffer.Length >= length ? buffer : GC.AllocateUninitializedArray<byte>(length, pinned: true);

    public void Return(byte[] buffer) => _free.Add(buffer);
}
