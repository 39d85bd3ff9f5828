namespace Dedup.Tests;

/// <summary>What a work allocates on the heap.</summary>
internal static class AllocatedBytes
{
    private const int MaxTries = 100;

    /// <summary>
    /// The bytes that a work allocates on this thread. A collection that another thread sets off, and a background one in any of its phases, takes away the rest of this
    /// thread's allocation room, which then counts as allocated by it: so the work is done until nothing is counted, or always something was.
    /// </summary>
    /// <param name="work">The work, which was done once before.</param>
    /// <returns>The least that was counted.</returns>
    public static long Of(Action work)
    {
        long least = long.MaxValue;
        for (int i = 0; i < MaxTries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
