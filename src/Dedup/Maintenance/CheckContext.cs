using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>What all parts of one check share.</summary>
internal sealed class CheckContext(
    IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, VerificationRecorder verifications, SnapshotLedger seen, bool isFar, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<CheckFinding, bool> _findings = new();
    private long _packs, _blobs, _packsRead, _bytesRead, _snapshots;

    public IObjectStore Store => store;

    /// <summary>The store for one walk through the trees: of one that is far away, what lies close together is read at once.</summary>
    public IObjectStore OpenTrees() => isFar ? new ReadAheadStore(store) : store;

    public RepositoryKeys Keys => keys;

    public CatalogueDatabase Catalogue => catalogue;

    public VerificationRecorder Verifications => verifications;

    public SnapshotLedger Seen => seen;

    public CancellationToken CancellationToken => cancellationToken;

    public long TotalPacks { get; set; }

    public long TotalSnapshots { get; set; }

    /// <summary>What was found so far.</summary>
    public IEnumerable<CheckFinding> Findings => _findings.Keys;

    public void Add(CheckFinding finding) => _findings.TryAdd(finding, true);

    public void Add(FindingKind kind, string objectName, string message) => Add(new CheckFinding(kind, objectName, message));

    public void Add(CorruptDataException exception) => Add(FindingKind.DamagedObject, exception.ObjectName, exception.Message);

    /// <summary>Takes back findings that turned out to be none.</summary>
    public void Withdraw(Func<CheckFinding, bool> which)
    {
        foreach (CheckFinding finding in _findings.Keys.Where(which))
        {
            _findings.TryRemove(finding, out _);
        }
    }

    public void AddPack(long blobs)
    {
        Interlocked.Increment(ref _packs);
        Interlocked.Add(ref _blobs, blobs);
    }

    public void AddPackRead() => Interlocked.Increment(ref _packsRead);

    public void AddBytesRead(long bytes) => Interlocked.Add(ref _bytesRead, bytes);

    public void AddSnapshot() => Interlocked.Increment(ref _snapshots);

    /// <summary>The snapshots are walked once more from the beginning.</summary>
    public void RestartSnapshots() => Interlocked.Exchange(ref _snapshots, 0);

    public CheckProgress ToProgress() => new(
        Interlocked.Read(ref _packs), TotalPacks, Interlocked.Read(ref _bytesRead), Interlocked.Read(ref _snapshots), TotalSnapshots);

    public CheckReport ToReport(VerificationState verification) => new(
        [.. _findings.Keys.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Message, StringComparer.Ordinal)],
        _snapshots, _packs, _blobs, _packsRead, _bytesRead, verification);
}
