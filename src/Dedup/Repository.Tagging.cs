using Dedup.Evidence;
using Dedup.Snapshots;
using Dedup.Tagging;

namespace Dedup;

/// <content>Changing the tags of snapshots.</content>
public sealed partial class Repository
{
    /// <summary>
    /// Changes the tags of a snapshot. As snapshots never change, a new one takes its stead, with another id, and the old one is forgotten, in this
    /// order: whatever fails, one of them is there. The record of the old one names the new.
    /// </summary>
    /// <returns>The new snapshot; the old one where its tags are as wanted.</returns>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot.</exception>
    /// <exception cref="SessionFencedException">A prune is in the way: complete it, and try again.</exception>
    /// <exception cref="ArgumentException">A tag is too long, or there are too many.</exception>
    public async Task<Snapshot> TagAsync(SnapshotId snapshot, TagEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        Snapshot old = await FindSnapshotAsync(snapshot.ToString(), SnapshotFilter.All, cancellationToken).ConfigureAwait(false);
        if (edit.Apply(old.Tags).SequenceEqual(old.Tags))
        {
            return old;
        }

        Snapshot tagged = await RecordAsync(
            EvidenceAction.Tag, snapshot.ToString(),
            () => _catalogue.UseAsync(catalogue => new TagOperation(_store, _keys, catalogue, _options.TimeProvider, _logger).RunAsync(snapshot, edit, cancellationToken)),
            result => RecordedOutcome.Of(result, snapshot)).ConfigureAwait(false);
        await ForgetAsync(snapshot, $"tagged anew as {tagged.Id}", cancellationToken).ConfigureAwait(false);
        return tagged;
    }
}
