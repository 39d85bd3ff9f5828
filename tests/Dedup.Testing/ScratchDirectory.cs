namespace Dedup.Testing;

/// <summary>An empty directory on a real disk, removed with whatever was put into it.</summary>
public sealed class ScratchDirectory : IDisposable
{
    /// <summary>Makes the directory; everyone may pass through it, so that tests may change their user.</summary>
    public ScratchDirectory()
    {
        Path = Directory.CreateTempSubdirectory("dedup-").FullName;
        ExternalTool.Require(Path, "chmod", "755", Path);
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
        // The platform's own removal knows neither names that are not UTF-8 nor paths beyond 4096 bytes.
        ExternalTool.Run(Path, "chmod", "-R", "u+rwx", "--", Path);
        ExternalTool.Run("/", "rm", "-rf", "--", Path);
    }
}
