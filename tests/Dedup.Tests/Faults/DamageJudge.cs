using Dedup.Maintenance;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Tests.Faults;

/// <summary>Opens, restores and checks a repository one object of which is damaged, and says what is against the promises.</summary>
internal sealed class DamageJudge(SmallRepository repository)
{
    /// <summary>Judges.</summary>
    /// <param name="damaged">The repository with the damage.</param>
    /// <param name="name">The damaged object.</param>
    /// <param name="isWarm">Whether the catalogue is one from before the damage.</param>
    /// <returns>What is wrong; <see langword="null"/> when all promises hold.</returns>
    public async Task<string?> JudgeAsync(StoreContent damaged, string name, bool isWarm)
    {
        string cache = isWarm ? CrashScene.Copy(repository.Repository, repository.WarmCache) : repository.Repository.NewFolder();
        try
        {
            return await JudgeAsync(damaged.ToStore(), name, cache);
        }
        finally
        {
            if (Directory.Exists(cache))
            {
                Directory.Delete(cache, recursive: true);
            }
        }
    }

    private async Task<string?> JudgeAsync(MemoryStore store, string name, string cache)
    {
        Repository? opened = null;
        try
        {
            opened = await repository.Repository.OpenAsync(store, cache);
        }
        catch (DedupException exception)
        {
            return exception.Message.Contains(name, StringComparison.Ordinal) ? null : $"opening does not name the object: {exception.Message}";
        }

        await using (opened)
        {
            foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in repository.Snapshots)
            {
                if (await RestoreAsync(opened, id, tree) is { } wrong)
                {
                    return wrong;
                }
            }

            CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
            return report.Findings.Any(finding => finding.ObjectName == name && finding.Kind != FindingKind.UnlistedPack)
                ? null
                : $"the check finds only: {string.Join("; ", report.Findings)}";
        }
    }

    private async Task<string?> RestoreAsync(Repository opened, SnapshotId id, SortedDictionary<string, byte[]> expected)
    {
        try
        {
            (RestoreResult result, SortedDictionary<string, byte[]> tree) = await repository.Repository.RestoreAsync(opened, id);
            return RestoredTree.Wrong(expected, tree) is { Count: > 0 } wrong ? $"restored wrong: {string.Join(", ", wrong)}"
                : result.IsComplete && RestoredTree.Missing(expected, tree) is { Count: > 0 } missing ? $"missing in silence: {string.Join(", ", missing)}"
                : null;
        }
        catch (DedupException)
        {
            // An error that is told; the target may hold nothing or a part, and RestoreAsync removes it when it can look into it.
            return null;
        }
    }
}
