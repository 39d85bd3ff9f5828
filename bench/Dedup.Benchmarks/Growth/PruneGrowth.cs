using Dedup.Pruning;

namespace Dedup.Benchmarks;

/// <summary>Many snapshots of a source that changes, of which half are forgotten and then pruned, and pruned again when there is little to do.</summary>
internal static class PruneGrowth
{
    private static readonly PruneOptions Options = new() { AllowLargeDeletion = true };

    /// <param name="blobs">About how many blobs there are in the end: a thousand are new in each snapshot.</param>
    public static IReadOnlyList<GrowthRow> Measure(int blobs)
    {
        int count = blobs / ChangingContent.ChangesPerSnapshot;
        using ScratchFolder scratch = new();
        using ScratchRepository repository = ScratchRepository.Make(scratch);
        ChangingContent content = new();
        SyntheticSource source = new(content);
        List<SnapshotId> snapshots = [];
        GrowthMeter meter = new("pruned blobs", blobs, () => (GrowthMeter.SizeOf(repository.Folder), GrowthMeter.SizeOf(repository.CacheFolder)));
        meter.Step("backups", count, () =>
        {
            for (; content.Snapshot < count; content.Snapshot++)
            {
                snapshots.Add(repository.BackUp(source).Snapshot.Id);
            }
        });
        meter.Step("forget half", count / 2, () => repository.Forget([.. snapshots.Where((_, place) => place % 2 == 0)]));
        PruneReport plan = new(), first = new(), second = new();
        meter.Step("plan of the first prune", blobs, () => plan = repository.Prune(Options with { IsDryRun = true }));
        meter.Step("first prune", blobs, () => first = repository.Prune(Options));
        meter.Step("forget one more", 1, () => repository.Forget([snapshots[1]]));
        meter.Step("second prune", blobs, () => second = repository.Prune(Options));
        Console.Error.WriteLine($"planned {plan.BytesFreed}, freed {first.BytesFreed}: {first.PacksDeleted} packs deleted, {first.PacksWritten} written; then freed {second.BytesFreed}");
        return plan.BytesFreed == first.BytesFreed ? meter.Rows : throw new InvalidOperationException("The plan and what was done differ.");
    }
}
