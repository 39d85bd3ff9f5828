using System.Text;
using Dedup.Pruning;
using Dedup.Repairing;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Fuzz;

/// <summary>
/// Listings of a store: names in any order, several times, with others among them that no repository has, or that look as if one had. All is restored
/// all the same, and what else reads listings ends. The input is a script of what becomes of each listing.
/// </summary>
internal sealed class ListingFuzzer() : WholeRepositoryFuzzer("listing")
{
    public override int MaxLength => 256;

    public override IEnumerable<byte[]> Seeds => [[], [1, 2, 3, 4, 5, 6, 7, 8], [0, 3, 0, 0, 3, 1, 0, 3, 2, 0, 3, 3, 0, 3], [4, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 4, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]];

    public override IReadOnlyList<byte[]> Words { get; } = ["7fffffffffffffff.mark"u8.ToArray(), "0000000000000003.sweep"u8.ToArray(), Encoding.ASCII.GetBytes(new string('7', 64)), Encoding.ASCII.GetBytes(new string('7', 32)), "0000000000000004.done"u8.ToArray()];

    protected override async Task<Outcome> UseAsync(byte[] script)
    {
        MemoryStore inner = new();
        foreach ((string name, byte[] content) in GenuineRepository.Objects)
        {
            inner.TryAdd(ObjectName.Parse(name), content);
        }

        ListingStore store = new(inner, script);
        await using Repository opened = await RepositoryBuilder.OpenAsync(store, Folder.Cache);
        RestoreResult result;
        try
        {
            result = await opened.RestoreAsync(FuzzKeys.Session, Folder.Target, new RestoreOptions(), null, CancellationToken.None);
        }
        catch (CorruptDataException exception)
        {
            PropertyException.Require(store.IsLying, $"the restore fails: {exception.Message}");
            return Outcome.Rejected(exception);
        }

        PropertyException.Require(store.IsLying || result.IsComplete, $"the restore is not complete: {string.Join("; ", result.Problems)}");
        PropertyException.Require(
            !result.IsComplete || GenuineRepository.Files.All(file => RestoredTree.Of(Folder.Target)[file.Key].AsSpan().SequenceEqual(file.Value)), "something is restored wrong");
        int snapshots = 0;
        await foreach (Snapshot snapshot in opened.ListSnapshotsAsync(SnapshotFilter.All, CancellationToken.None))
        {
            PropertyException.Require(snapshot.Id == FuzzKeys.Session && ++snapshots == 1, "a snapshot is listed that there is not, or twice");
        }

        PropertyException.Require(snapshots == 1, "the snapshot is not listed");
        PropertyException.Require(store.IsLying || (await opened.ListKeysAsync(CancellationToken.None)).Count == 1, "a key is listed that there is not, or twice");
        PropertyException.Require(await CountForgottenAsync(opened) == 1, "a forgotten snapshot is listed that there is not, or twice");
        Outcome outcome = await RepositoryUse.RunAsync(7, opened, FuzzKeys.Session, Folder.Target);
        PruneRecordRepairReport repaired = await opened.RepairPruneRecordsAsync(isExclusive: true, isDryRun: true, CancellationToken.None);
        IndexRepairReport index = await opened.RepairIndexAsync(isDryRun: true, CancellationToken.None);
        return outcome.And(Outcome.Accepted(repaired.Problems.Count, index.Problems.Count)).And(await PruneAsync(opened));
    }

    private static async Task<int> CountForgottenAsync(Repository opened)
    {
        int forgotten = 0;
        await foreach (ForgottenSnapshot snapshot in opened.ListForgottenAsync(CancellationToken.None))
        {
            forgotten++;
        }

        return forgotten;
    }

    private static async Task<Outcome> PruneAsync(Repository opened)
    {
        try
        {
            return new Outcome(Outcome.OfWords(
                (await opened.PruneAsync(new PruneOptions { IsDryRun = true, IsExclusive = true, AllowLargeDeletion = true, WaitForSessions = TimeSpan.Zero }, null, CancellationToken.None)).ToString()));
        }
        catch (DedupException exception)
        {
            return Outcome.Rejected(exception);
        }
    }
}
