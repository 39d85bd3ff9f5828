using Dedup.Backup;
using Dedup.Maintenance;

namespace Dedup.Benchmarks;

/// <summary>So many small files: backed up, backed up again unchanged, and checked.</summary>
internal static class FileGrowth
{
    public static IReadOnlyList<GrowthRow> Measure(int files)
    {
        using ScratchFolder scratch = new();
        using ScratchRepository repository = ScratchRepository.Make(scratch);
        SyntheticSource source = new(new SmallFilesContent(files));
        GrowthMeter meter = new("files", files, () => (GrowthMeter.SizeOf(repository.Folder), GrowthMeter.SizeOf(repository.CacheFolder)));
        BackupResult? result = null;
        meter.Step("first backup", files, () => result = repository.BackUp(source));
        meter.Step("unchanged", files, () => result = repository.BackUp(source));
        if (result!.Snapshot.Statistics.TotalFiles != files)
        {
            throw new InvalidOperationException($"The snapshot holds {result.Snapshot.Statistics.TotalFiles} files instead of {files}.");
        }

        meter.Step("check structure", files, () => repository.Check(CheckOptions.Structure));
        return meter.Rows;
    }
}
