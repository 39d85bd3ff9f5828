using System.Collections.Concurrent;

namespace Dedup.Packing;

/// <summary>Buffers of one length that are used again and again: allocating large arrays anew makes the heap grow until it is collected whole.</summary>
/// <param name="length">The length of a buffer in bytes.</param>
internal sealed class BufferPool(int length)
{
    private readonly ConcurrentBag<byte[]> _free = [];

    public byte[] Rent() => _free.TryTake(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(length, pinned: true);

    /// <summary>Takes a buffer back; one that a longer record replaced is left to the collector.</summary>
    public void Return(byte[] buffer)
    {
        if (buffer.Length == length)
        {
            _free.Add(buffer);
        }
    }
}
