using Dedup.TestSupport;

namespace Dedup.Fuzz;

/// <summary>A folder of caches on this machine, with the files that somebody left there.</summary>
internal sealed class CacheFolder : IDisposable
{
    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(1 << 28);

    public string Path => _scratch["cache"];

    /// <summary>Makes it anew.</summary>
    public void Reset(params ReadOnlySpan<(string Name, byte[] Content)> files)
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        Directory.CreateDirectory(Path);
        foreach ((string name, byte[] content) in files)
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, name), content);
        }
    }

    public byte[] Read(string name) => File.ReadAllBytes(System.IO.Path.Combine(Path, name));

    public void Dispose() => _scratch.Dispose();
}
