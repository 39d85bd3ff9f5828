namespace Dedup.Tests.Faults;

/// <summary>Counts the files that appear in a folder and below it: the steps of a backup into a local store as others see them.</summary>
internal sealed class StepWatcher : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _steps;

    /// <param name="folder">The folder.</param>
    /// <param name="wanted">After how many steps <see cref="Reached"/> is done.</param>
    public StepWatcher(string folder, int wanted)
    {
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        _watcher.Created += (_, _) =>
        {
            if (Interlocked.Increment(ref _steps) == wanted)
            {
                _reached.SetResult();
            }
        };
        _watcher.EnableRaisingEvents = true;
    }

    public int Steps => Volatile.Read(ref _steps);

    public Task Reached => _reached.Task;

    public void Dispose() => _watcher.Dispose();
}
