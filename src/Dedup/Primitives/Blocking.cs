namespace Dedup;

/// <summary>
/// Waits for a store from a thread of the pipeline. Those threads are the engine's own and bounded in number, and most waits are
/// over at once, so blocking them costs nothing and keeps the hot path free of state machines.
/// </summary>
internal static class Blocking
{
    public static T Wait<T>(this ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    public static void Wait(this ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }

        task.AsTask().GetAwaiter().GetResult();
    }
}
