using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// The store that simulated replications write to, and a watch over it: after every change each snapshot in it restores, and no index segment names a pack
/// that is neither there nor known to be gone.
/// </summary>
internal sealed class WatchedReplica(World world, RepositoryKeys keys)
{
    private readonly Dictionary<ObjectName, HashSet<BlobId>> _packs = [];
    private readonly HashSet<SnapshotId> _snapshots = [];
    private readonly Dictionary<ObjectName, IReadOnlyList<PackId>> _segments = [];

    public MemoryStore Store { get; } = new();

    /// <summary>Whether the replication under way was told to delete.</summary>
    public bool MayDelete { get; set; }

    /// <summary>How many snapshots were ever published.</summary>
    public int Published { get; private set; }

    /// <summary>How many objects were deleted.</summary>
    public int Deleted { get; private set; }

    /// <summary>The snapshots in it.</summary>
    public IReadOnlySet<SnapshotId> Snapshots => _snapshots;

    public async ValueTask<bool> PutAsync(ObjectName name, byte[] content)
    {
        if (!await Store.PutIfAbsentAsync(name, content, CancellationToken.None))
        {
            return false;
        }

        if (name.Folder == RepositoryObjects.Packs && PackId.TryParse(name.Leaf, out PackId pack))
        {
            PackDirectory directory = await PackReader.ReadFooterAsync(Store, keys, pack, content.Length, CancellationToken.None);
            _packs[name] = [.. directory.Entries.Select(entry => entry.Id)];
        }
        else if (name.Folder == RepositoryObjects.Index)
        {
            _segments[name] = [.. IndexSegmentFormat.Open(content, keys, name.Value).Packs.Select(listed => listed.Id)];
        }
        else if (name.Folder == RepositoryObjects.Snapshots && SnapshotId.TryParse(name.Leaf, out SnapshotId id) && SnapshotFormat.Open(content, id, keys, name.Value).Snapshot is not null)
        {
            _snapshots.Add(id);
            Published++;
        }

        await RequireWholeAsync();
        return true;
    }

    public async ValueTask<bool> DeleteAsync(ObjectName name)
    {
        if (!MayDelete)
        {
            world.Violate($"{name} was deleted from the replica");
        }

        Deleted++;
        _packs.Remove(name);
        _segments.Remove(name);
        if (name.Folder == RepositoryObjects.Snapshots && SnapshotId.TryParse(name.Leaf, out SnapshotId id))
        {
            _snapshots.Remove(id);
        }

        bool found = await Store.DeleteAsync(name, CancellationToken.None);
        await RequireWholeAsync();
        return found;
    }

    private async Task RequireWholeAsync()
    {
        HashSet<BlobId> held = [.. _packs.Values.SelectMany(blobs => blobs)];
        foreach (SnapshotId snapshot in _snapshots)
        {
            if (await Store.InfoAsync(RepositoryObjects.ForgottenRecord(snapshot), CancellationToken.None) is null
                && world.NeedsOf(snapshot).FirstOrDefault(blob => !held.Contains(blob)) is { IsZero: false } lost)
            {
                world.Violate($"snapshot {snapshot.ToShortString()} is in the replica and needs blob {lost}, which is not");
            }
        }

        HashSet<PackId>? swept = null;
        foreach ((ObjectName segment, IReadOnlyList<PackId> packs) in _segments)
        {
            foreach (PackId pack in packs.Where(pack => !_packs.ContainsKey(RepositoryObjects.Pack(pack))))
            {
                swept ??= [.. await new GcLog(Store, keys).ReadSweptAsync(CancellationToken.None)];
                if (!swept.Contains(pack))
                {
                    world.Violate($"{segment} is in the replica and lists pack {pack}, which is not");
                }
            }
        }
    }
}
