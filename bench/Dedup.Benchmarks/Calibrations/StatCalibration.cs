using System.IO.Enumeration;

namespace Dedup.Benchmarks;

/// <summary>Lists a tree of files and looks at each with the platform's own means: what walking a tree scales with.</summary>
/// <remarks>Allocates nothing for a file, so that the state of the heap does not show in it.</remarks>
internal sealed class StatCalibration : Workload
{
    private static readonly EnumerationOptions Options = new() { RecurseSubdirectories = true };

    private readonly ScratchFolder _scratch = new();

    /// <param name="files">How many files there are.</param>
    public StatCalibration(int files) => SmallFileTree.Make(_scratch.Root, files);

    public override void Run()
    {
        long length = 0;
        foreach (long each in new FileSystemEnumerable<long>(_scratch.Root, static (ref entry) => entry.Length, Options))
        {
            length += each;
        }

        if (length == 0)
        {
            throw new InvalidOperationException("The tree is empty.");
        }
    }

    protected override void Free() => _scratch.Dispose();
}
