using Dedup.Exporting;
using Dedup.Filtering;
using Dedup.Looking;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Repairing;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>What people do with a repository, one thing each: all that reads trees. They end, and throw what is documented or nothing.</summary>
internal static class RepositoryUse
{
    /// <summary>How many entries of a listing are looked at: a tree may hold one directory a million times.</summary>
    private const int MaxEntries = 2000;

    private const long MaxArchive = 4 << 20;

    /// <summary>How many uses there are.</summary>
    public const int Count = 12;

    /// <summary>Carries out a use.</summary>
    /// <param name="use">Which, from 0.</param>
    /// <param name="opened">The repository.</param>
    /// <param name="id">A snapshot of it.</param>
    /// <param name="target">A folder to restore into.</param>
    /// <returns>What came of it.</returns>
    public static async Task<Outcome> RunAsync(int use, Repository opened, SnapshotId id, string target)
    {
        try
        {
            return Outcome.Accepted(use).And(await CarryOutAsync(use, opened, id, target));
        }
        catch (DedupException exception)
        {
            return Outcome.Accepted(use).And(Outcome.Rejected(exception));
        }
        catch (IOException exception) when (exception.Message == "no space left")
        {
            return Outcome.Accepted(use, 1, 1);
        }
    }

    private static async Task<Outcome> CarryOutAsync(int use, Repository opened, SnapshotId id, string target) => use switch
    {
        0 => await RestoreAsync(opened, id, target, new RestoreOptions()),
        1 => await RestoreAsync(opened, id, target, new RestoreOptions { Delete = true, Verify = true, Overwrite = OverwriteMode.Always }),
        2 => await RestoreAsync(opened, id, target, new RestoreOptions { Sparse = true, OwnershipByName = true, Excludes = new PathPatterns([PathPattern.Parse("a")]) }),
        3 => await RestoreAsync(opened, id, target, new RestoreOptions { IsDryRun = true, Delete = true }),
        4 => await ListAsync(opened, id),
        5 => await ExportAsync(opened, id, ArchiveFormat.Tar),
        6 => await ExportAsync(opened, id, ArchiveFormat.Zip),
        7 => await CheckAsync(opened),
        8 => Of(await opened.RepairSnapshotsAsync(new SnapshotRepairOptions { IsDryRun = true, ReadData = true }, CancellationToken.None)),
        9 => Of(await opened.PruneAsync(new PruneOptions { IsDryRun = true, IsExclusive = true, AllowLargeDeletion = true, WaitForSessions = TimeSpan.Zero }, null, CancellationToken.None)),
        10 => await LookAsync(opened, id),
        _ => Of(await opened.FindAsync(new FindOptions { Patterns = [PathPattern.Parse("a"), PathPattern.Parse("/d/**")] }, CancellationToken.None)),
    };

    private static async Task<Outcome> RestoreAsync(Repository opened, SnapshotId id, string target, RestoreOptions options)
    {
        RestoreResult result = await opened.RestoreAsync(id, target, options, null, CancellationToken.None);
        Outcome outcome = Outcome.Accepted(result.Entries, result.Errors, result.EntriesDeleted);
        foreach (ulong problem in result.Problems.Select(static problem => Outcome.OfWords(problem.Reason)).Distinct().Order().Take(4))
        {
            outcome = outcome.And(new Outcome(problem));
        }

        return outcome;
    }

    private static async Task<Outcome> ListAsync(Repository opened, SnapshotId id)
    {
        int entries = 0;
        await foreach (TreeEntry entry in opened.ListEntriesAsync(id, null, isRecursive: true, CancellationToken.None))
        {
            PropertyException.Require(entry.Directory.Append(entry.Node.Name).All(static name => EntryName.IsValid(name.Bytes)), "a name that leads elsewhere is listed");
            if (++entries == MaxEntries)
            {
                break;
            }
        }

        return Outcome.Accepted(entries);
    }

    private static async Task<Outcome> ExportAsync(Repository opened, SnapshotId id, ArchiveFormat format)
    {
        await using BoundedStream stream = new(MaxArchive);
        return Of(await opened.ExportAsync(id, stream, new ExportOptions { Format = format }, null, CancellationToken.None));
    }

    private static async Task<Outcome> CheckAsync(Repository opened)
    {
        CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Outcome outcome = Outcome.Accepted(report.Findings.Count);
        foreach (ulong finding in report.Findings.Select(static finding => Outcome.OfWords(finding.Message)).Distinct().Order().Take(4))
        {
            outcome = outcome.And(new Outcome(finding));
        }

        return outcome;
    }

    private static async Task<Outcome> LookAsync(Repository opened, SnapshotId id)
    {
        RepositoryStatistics statistics = await opened.ReadStatisticsAsync(SnapshotFilter.All, CancellationToken.None);
        SnapshotCost cost = await opened.ReadCostAsync(id, 10, CancellationToken.None);
        ContentStatistics content = await opened.CountContentAsync(StatisticsMode.RawData, null, SnapshotFilter.All, CancellationToken.None);
        ContentStatistics files = await opened.CountContentAsync(StatisticsMode.FilesByContents, id, SnapshotFilter.All, CancellationToken.None);
        return Outcome.Accepted(statistics.Snapshots).And(Of(cost)).And(Of(content)).And(Of(files));
    }

    // What a report says in words is no more than its numbers, and those only count by their magnitude.
    private static Outcome Of(object report) => new(Outcome.OfWords(report.ToString()));
}
