namespace Dedup.Benchmarks;

/// <summary>A folder for the time of a measurement: in memory where the machine has such a place, so that no disk is measured.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    private int _folders;

    public ScratchFolder()
    {
        string parent = Directory.Exists(SharedMemory) ? SharedMemory : Path.GetTempPath();
        Root = Directory.CreateDirectory(Path.Combine(parent, $"dedup-bench-{Path.GetRandomFileName()}")).FullName;
    }

    public string Root { get; }

    /// <summary>The path of a folder or file that is not there yet.</summary>
    public string NewPath() => Path.Combine(Root, $"{++_folders}");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
