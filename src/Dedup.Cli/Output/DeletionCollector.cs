using Dedup.Restore;

namespace Dedup.Cli.Output;

/// <summary>Keeps the first paths that a restore would delete, to show them.</summary>
internal sealed class DeletionCollector(int maxPaths) : IProgress<RestoreAction>
{
    private readonly Lock _adding = new();
    private readonly List<string> _paths = [];

    public IReadOnlyList<string> Paths => _paths;

    public void Report(RestoreAction value)
    {
        lock (_adding)
        {
            if (value.Kind == RestoreActionKind.Deleted && _paths.Count < maxPaths)
            {
                _paths.Add(value.Path);
            }
        }
    }
}
