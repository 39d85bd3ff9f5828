namespace Dedup.Fuzz;

/// <summary>Bounds what is allocated from here to the end of a block.</summary>
internal readonly ref struct Allocation
{
    private readonly long _most, _before;
    private readonly bool _ofAllThreads;

    private Allocation(long most, bool ofAllThreads)
    {
        _most = most;
        _ofAllThreads = ofAllThreads;
        _before = Count(ofAllThreads);
    }

    /// <summary>Bounds what this thread allocates.</summary>
    public static Allocation AtMost(long bytes) => new(bytes, ofAllThreads: false);

    /// <summary>Bounds what all threads allocate, those too that have nothing to do with it.</summary>
    public static Allocation OfAllThreadsAtMost(long bytes) => new(bytes, ofAllThreads: true);

    /// <exception cref="PropertyException">More was allocated.</exception>
    public void Dispose()
    {
        long allocated = Count(_ofAllThreads) - _before;
        PropertyException.Require(allocated <= _most, $"{allocated} bytes were allocated where {_most} are plenty");
    }

    private static long Count(bool ofAllThreads) => ofAllThreads ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();
}
