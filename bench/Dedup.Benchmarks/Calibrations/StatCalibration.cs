namespace Dedup.Benchmarks;

/// <summary>Lists a tree of files and looks at each with the platform's own means: what walking a tree scales with.</summary>
internal sealed class StatCalibration : Workload
{
    private readonly ScratchFolder _scratch = new();

    /// <param name="files">How many files there are.</param>
    public StatCalibration(int files) => SmallFileTree.Make(_scratch.Root, files);

    public override void Run()
    {
        foreach (FileInfo file in new DirectoryInfo(_scratch.Root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            _ = file.Length;
        }
    }

    protected override void Free() => _scratch.Dispose();
}
