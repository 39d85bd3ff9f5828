using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Browsing;

/// <summary>Keeps the folders of snapshots up to the store: looks when somebody asks and the last look is some seconds ago.</summary>
/// <param name="store">The store.</param>
/// <param name="time">What time it is.</param>
/// <param name="read">Reads the snapshots, oldest first, and brings the catalogue up to the store.</param>
internal sealed class SnapshotWatch(IObjectStore store, TimeProvider time, Func<CancellationToken, Task<IReadOnlyList<Snapshot>>> read) : IDisposable
{
    /// <summary>Long enough that walking through folders costs a store next to nothing, short enough to wait for a new snapshot.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _looking = new(1);
    private HashSet<ObjectName> _known = [];
    private ViewEntry? _root;
    private long _lookedAt;

    /// <summary>The root of the folders.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async ValueTask<ViewEntry> ReadRootAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_root is null || time.GetElapsedTime(_lookedAt) >= Interval)
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }

            return _root!;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // Names are enough to see a change: what lies under a name never changes. What is committed after this listing is seen by the next look.
        long now = time.GetTimestamp();
        HashSet<ObjectName> found = [];
        foreach (string folder in (string[])[RepositoryObjects.Snapshots, RepositoryObjects.Forgotten])
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                found.Add(info.Name);
            }
        }

        if (_root is null || !found.SetEquals(_known))
        {
            _root = SnapshotFolders.Build(await read(cancellationToken).ConfigureAwait(false));
            _known = found;
        }

        _lookedAt = now;
    }
}
