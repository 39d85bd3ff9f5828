using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Tests.Faults;

/// <summary>
/// What an operation did to the disk under a store in a folder, and what a crash after each of its system calls leaves: the process is killed, so that all is there that was done,
/// or the power fails, so that any part is there of what was not synced, in any order, and files torn at 512 bytes.
/// </summary>
internal sealed class DiskHistory
{
    public const int Seed = 20261122;

    /// <summary>With more changes pending than this, so many of all subsets are drawn.</summary>
    private const int MaxExhaustive = 6, Samples = 12, LongSamples = 400;

    /// <summary>The process is killed and the disk goes on: all that is pending comes to it.</summary>
    private const ulong All = ulong.MaxValue;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("DEDUP_LONG_TESTS") == "1";

    private readonly StoreContent _before;
    private readonly IReadOnlyList<DiskOperation> _operations;
    private readonly int _acknowledged;
    private int _mostPending, _states;

    private DiskHistory(StoreContent before, IReadOnlyList<DiskOperation> operations, int acknowledged)
    {
        _before = before;
        _operations = operations;
        _acknowledged = acknowledged;
    }

    /// <summary>How many system calls there were that change something or make it durable.</summary>
    public int Calls => _operations.Count;

    /// <summary>Carries an operation out.</summary>
    /// <param name="folder">A folder that is not there yet; afterwards it holds what the operation left.</param>
    /// <param name="before">What the store holds before it.</param>
    /// <param name="operation">The operation; when it returns, the caller has been told that all is done.</param>
    /// <param name="forgets">A kind of sync that is left out.</param>
    public static async Task<DiskHistory> RecordAsync(string folder, StoreContent before, Func<LocalStore, Task> operation, DiskOperationKind? forgets = null)
    {
        Directory.CreateDirectory(folder);
        before.WriteTo(folder);
        RecordingDisk disk = new(folder, forgets);
        int acknowledged;
        await using (LocalStore store = new(folder, disk))
        {
            await operation(store);
            acknowledged = disk.Operations.Count;
        }

        return new DiskHistory(before, disk.Operations, acknowledged);
    }

    /// <summary>The states, each once.</summary>
    public IEnumerable<CrashState> States()
    {
        Random random = new(Seed);
        SimulatedDisk disk = new(_before);
        HashSet<string> seen = [];
        for (int done = 0; done <= _operations.Count; done++)
        {
            if (done > 0)
            {
                disk.Do(_operations[done - 1]);
            }

            _mostPending = Math.Max(_mostPending, disk.Pending);
            foreach (ulong survivors in Subsets(disk.Pending, random))
            {
                StoreContent found = disk.Crash(unit => (survivors >> unit & 1) != 0, random);
                if (seen.Add($"{done >= _acknowledged} {found.Digest()}"))
                {
                    yield return new CrashState(
                        found, done >= _acknowledged, ++_states, $"seed {Seed}, after {done} of {_operations.Count} calls, survivors {survivors:b} of {disk.Pending}");
                }
            }
        }
    }

    public override string ToString() => $"{_operations.Count} calls, up to {_mostPending} pending, {_states} states";

    private static IEnumerable<ulong> Subsets(int pending, Random random) => pending <= MaxExhaustive
        ? Enumerable.Range(0, 1 << pending).Select(static subset => (ulong)subset)
        : Enumerable.Range(0, IsLong ? LongSamples : Samples).Select(_ => (ulong)random.NextInt64()).Append(All);
}
