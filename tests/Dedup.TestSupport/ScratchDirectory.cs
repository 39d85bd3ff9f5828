namespace Dedup.TestSupport;

/// <summary>An empty directory, removed with whatever was put into it.</summary>
public sealed class ScratchDirectory : IDisposable
{
    private const string MemoryFileSystem = "/dev/shm";

    private readonly string _root;

    /// <summary>Makes the directory on a real disk; everyone may pass through it, so that tests may change their user.</summary>
    public ScratchDirectory()
        : this(Directory.CreateTempSubdirectory("dedup-").FullName)
    {
    }

    private ScratchDirectory(string root)
    {
        _root = root;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        }

        // Free of links on the way, so that it is what a source shows.
        Path = new DirectoryInfo(_root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? _root;
    }

    /// <summary>A directory in memory where the system has so much, on a real disk otherwise.</summary>
    /// <param name="bytes">How much will be put into it at most.</param>
    public static ScratchDirectory InMemory(long bytes)
    {
        bool fits = Directory.Exists(MemoryFileSystem) && new DriveInfo(MemoryFileSystem).AvailableFreeSpace > bytes * 2;
        string name = "dedup-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(16);
        return fits ? new ScratchDirectory(Directory.CreateDirectory(System.IO.Path.Combine(MemoryFileSystem, name)).FullName) : new ScratchDirectory();
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The absolute path of something in it.</summary>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Makes a directory in it.</summary>
    /// <returns>Its absolute path.</returns>
    public string Make(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The platform's own removal knows neither names that are not UTF-8 nor paths beyond 4096 bytes, and tests take rights away.
            ExternalTool.Run(_root, "chmod", "-R", "u+rwx", "--", _root);
            ExternalTool.Run("/", "rm", "-rf", "--", _root);
        }
    }
}
