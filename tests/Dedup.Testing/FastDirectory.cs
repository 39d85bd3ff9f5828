namespace Dedup.Testing;

/// <summary>An empty directory, in memory where the system offers that: for tests that make thousands of small files and ask nothing of a disk.</summary>
public sealed class FastDirectory : IDisposable
{
    private const string Memory = "/dev/shm";

    /// <summary>The absolute path.</summary>
    public string Path { get; } = Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, System.IO.Path.GetRandomFileName())).FullName
        : Directory.CreateTempSubdirectory("dedup-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
