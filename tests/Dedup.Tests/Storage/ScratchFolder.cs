namespace Dedup.Tests.Storage;

/// <summary>A folder for one test, in memory where the system has such a place: thousands of syncs cost nothing there.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string InMemory = "/dev/shm";

    private readonly string _root = Directory.CreateDirectory(Path.Combine(
        Directory.Exists(InMemory) ? InMemory : Path.GetTempPath(),
        "dedup-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(16))).FullName;

    /// <summary>The path of something in the folder.</summary>
    public string this[string name] => Path.Combine(_root, name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
