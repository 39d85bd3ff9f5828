using System.Collections.Concurrent;

namespace Dedup.Storage;

/// <summary>
/// Buffers of a few lengths that are used again and again: allocating tens of megabytes for each pack would make the heap grow until it is
/// collected whole. There are never more of them than uploads were open at once.
/// </summary>
internal sealed class UploadBufferPool
{
    /// <summary>A small object; a pack of a small backup; a full pack of 32 MiB and the chunk that filled it.</summary>
    private static readonly int[] Lengths = [1 << 20, 8 << 20, 40 << 20];

    private readonly ConcurrentBag<byte[]>[] _free = [[], [], []];

    /// <summary>A buffer of at least some length; what it holds is undefined.</summary>
    public byte[] Rent(int length)
    {
        int place = Array.FindIndex(Lengths, offered => offered >= length);
        return place < 0 ? GC.AllocateUninitializedArray<byte>((int)Math.Min(2L * length, Array.MaxLength))
            : _free[place].TryTake(out byte[]? buffer) ? buffer
            : GC.AllocateUninitializedArray<byte>(Lengths[place]);
    }

    /// <summary>Takes a buffer back that nobody uses any more; one of another length is left to the collector.</summary>
    public void Return(byte[] buffer)
    {
        int place = Array.IndexOf(Lengths, buffer.Length);
        if (place >= 0)
        {
            _free[place].Add(buffer);
        }
    }
}
