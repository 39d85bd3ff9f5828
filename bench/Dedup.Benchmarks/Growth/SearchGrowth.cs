using Dedup.Filtering;
using Dedup.Looking;

namespace Dedup.Benchmarks;

/// <summary>Many snapshots of ten thousand files, searched for files by name and for the versions of one; cold, warm, and after one more snapshot.</summary>
internal static class SearchGrowth
{
    private static readonly FindOptions ByName = new() { Patterns = [PathPattern.Parse("f0000123*")] };

    public static IReadOnlyList<GrowthRow> Measure(int snapshots)
    {
        using ScratchFolder scratch = new();
        using ScratchRepository repository = ScratchRepository.Make(scratch);
        SlowlyChangingContent content = new();
        SyntheticSource source = new(content);
        GrowthMeter meter = new("snapshots", snapshots, () => (GrowthMeter.SizeOf(repository.Folder), GrowthMeter.SizeOf(repository.CacheFolder)));
        meter.Step("backups", snapshots, () =>
        {
            for (int i = 0; i < snapshots; i++)
            {
                repository.BackUp(source);
                content.Change();
            }
        });
        meter.Step("first find", snapshots, () => Find(repository, snapshots));
        meter.Step("find", snapshots, () => Find(repository, snapshots));
        meter.Step("history", snapshots, () => ReadHistory(repository));
        meter.Step("one more backup", 1, () => repository.BackUp(source));
        meter.Step("find after it", snapshots, () => Find(repository, snapshots + 1));
        return meter.Rows;
    }

    private static void Find(ScratchRepository repository, int snapshots)
    {
        FindResult result = repository.Find(ByName);
        if (result.Snapshots.Sum(snapshot => snapshot.Entries.Count()) != snapshots * 10)
        {
            throw new InvalidOperationException("Not every snapshot has the ten files.");
        }
    }

    private static void ReadHistory(ScratchRepository repository)
    {
        if (repository.ReadHistory("/d00000001/f00001230").Versions.Count == 0)
        {
            throw new InvalidOperationException("The file has no versions.");
        }
    }
}
