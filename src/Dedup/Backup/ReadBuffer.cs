namespace Dedup.Backup;

/// <summary>A piece of a large file in memory, shared by the chunks that were cut from it.</summary>
internal sealed class ReadBuffer(WorkQueue owner, int length)
{
    private int _users = 1;

    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(length, pinned: true);

    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>Gives the buffer back when nobody uses it any more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _users = 1;
            owner.ReturnBuffer(this);
        }
    }
}
