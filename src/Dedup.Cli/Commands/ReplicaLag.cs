using Dedup.Cli.Output;

namespace Dedup.Cli.Commands;

/// <summary>
/// How old the state of the repository is that a replica holds. Snapshots tell their time only to who has the key, so it counts from the moment when
/// the last replication began that left nothing behind: whatever was in the repository then is in the replica.
/// </summary>
internal sealed class ReplicaLag
{
    private long _runBegan;
    private long? _inStepSince;

    /// <summary>How far the replica may be behind; <see langword="null"/> when no replication has yet brought it into step.</summary>
    public TimeSpan? Current => _inStepSince is { } since ? TimeProvider.System.GetElapsedTime(since) : null;

    /// <summary>A few words for a message.</summary>
    public string Description => Current is { } lag
        ? $"the replica is as the repository was {DurationText.Format(lag)} ago"
        : "the replica was not in step with the repository yet";

    public void BeginRun() => _runBegan = TimeProvider.System.GetTimestamp();

    /// <param name="isBehind">Whether the replica lacks something that the repository held when it was looked at.</param>
    public void EndRun(bool isBehind) => _inStepSince = isBehind ? _inStepSince : _runBegan;
}
