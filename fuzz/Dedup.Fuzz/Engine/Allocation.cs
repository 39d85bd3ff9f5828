namespace Dedup.Fuzz;

/// <summary>Bounds what a thread allocates from here to the end of a block.</summary>
internal readonly ref struct Allocation
{
    private readonly long _most, _before;

    private Allocation(long most)
    {
        _most = most;
        _before = GC.GetAllocatedBytesForCurrentThread();
    }

    public static Allocation AtMost(long bytes) => new(bytes);

    /// <exception cref="PropertyException">More was allocated.</exception>
    public void Dispose()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
        PropertyException.Require(allocated <= _most, $"{allocated} bytes were allocated where {_most} are plenty");
    }
}
