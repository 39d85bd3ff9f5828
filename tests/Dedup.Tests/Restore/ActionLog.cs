using System.Collections.Concurrent;
using Dedup.Restore;

namespace Dedup.Tests.Restore;

/// <summary>Keeps what a restore tells of each entry.</summary>
internal sealed class ActionLog : IProgress<RestoreAction>
{
    private readonly ConcurrentQueue<RestoreAction> _actions = new();

    public void Report(RestoreAction value) => _actions.Enqueue(value);

    /// <summary>Lines such as "Restored a/b" of what lies below a folder, sorted; the folder itself has an empty path.</summary>
    public string[] Below(string folder) =>
    [
        .. _actions.Where(action => (action.Path + "/").StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(action => $"{action.Kind} {action.Path[Math.Min(action.Path.Length, folder.Length + 1)..]}").Order(StringComparer.Ordinal),
    ];
}
