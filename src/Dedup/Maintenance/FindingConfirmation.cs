using Dedup.Catalogue;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>
/// Looks at everything missing a second time, at the end of a check. While the check ran, others may have removed snapshots, moved blobs to
/// new packs, merged segments and deleted what nothing needs any more: none of this is damage. The one place that decides so.
/// </summary>
internal sealed class FindingConfirmation(CheckContext context, CatalogueSynchronizer synchronizer)
{
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task RunAsync()
    {
        await ConfirmPacksAsync().ConfigureAwait(false);
        await ConfirmSnapshotsAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// A pack is missing only if a segment that is there now lists it and no prune has deleted it (a segment that was written late may still
    /// list such a pack; nobody needs it). A pack is unlisted only if no segment lists it.
    /// </summary>
    private async Task ConfirmPacksAsync()
    {
        if (!context.Findings.Any(IsOfPackList))
        {
            return;
        }

        // Segments before packs, as everywhere: a pack was there before the segment that lists it.
        PackIndex index = await PackIndex.ReadAsync(context.Store, context.Keys, keep: null, context.CancellationToken).ConfigureAwait(false);
        HashSet<string> present = await ListAsync(RepositoryObjects.Packs).ConfigureAwait(false);
        IReadOnlySet<PackId> swept = await new GcLog(context.Store, context.Keys).ReadSweptAsync(context.CancellationToken).ConfigureAwait(false);
        context.Withdraw(finding => IsOfPackList(finding)
            && !IsConfirmed(finding, present.Contains(finding.ObjectName), finding.Pack is { } pack && index.Lists(pack) && !swept.Contains(pack)));
    }

    /// <summary>
    /// Walks the snapshots again with a catalogue that has just been synchronised, and again if a snapshot has been removed meanwhile: what
    /// that one lacked may be told of it alone though others lack it too.
    /// </summary>
    private async Task ConfirmSnapshotsAsync()
    {
        bool isUncertain = context.Findings.Any(IsOfSnapshot);
        while (isUncertain)
        {
            await synchronizer.SynchroniseAsync(context.CancellationToken).ConfigureAwait(false);
            context.Withdraw(IsOfSnapshot);
            context.RestartSnapshots();
            await new SnapshotCheck(context).RunAsync().ConfigureAwait(false);
            HashSet<string> present = await ListAsync(RepositoryObjects.Snapshots).ConfigureAwait(false);
            isUncertain = context.Findings.Any(finding => IsOfSnapshot(finding) && finding.Kind is not (FindingKind.MissingSnapshot or FindingKind.MissingParent) && !present.Contains(SnapshotObject(finding)));
        }
    }

    private static bool IsOfPackList(CheckFinding finding) => finding.Kind is FindingKind.MissingPack or FindingKind.UnlistedPack;

    private static bool IsConfirmed(CheckFinding finding, bool isPresent, bool isListed) =>
        finding.Kind == FindingKind.MissingPack ? !isPresent && isListed : isPresent && !isListed;

    private static bool IsOfSnapshot(CheckFinding finding) =>
        finding.Snapshot is not null || finding.ObjectName.StartsWith(RepositoryObjects.Snapshots + "/", StringComparison.Ordinal);

    private static string SnapshotObject(CheckFinding finding) =>
        finding.Snapshot is { } snapshot ? RepositoryObjects.Snapshot(snapshot).Value : finding.ObjectName;

    private async Task<HashSet<string>> ListAsync(string folder)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        await foreach (ObjectInfo info in context.Store.ListAsync(folder, context.CancellationToken).ConfigureAwait(false))
        {
            names.Add(info.Name.Value);
        }

        return names;
    }
}
