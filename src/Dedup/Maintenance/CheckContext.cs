using System.Collections.Concurrent;
using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>What all parts of one check share.</summary>
internal sealed class CheckContext(IObjectStore store, RepositoryKeys keys, CatalogueDatabase catalogue, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<CheckFinding, bool> _findings = new();
    private long _packs, _blobs, _bytesRead, _snapshots;

    public IObjectStore Store => store;

    public RepositoryKeys Keys => keys;

    public CatalogueDatabase Catalogue => catalogue;

    public CancellationToken CancellationToken => cancellationToken;

    public long TotalPacks { get; set; }

    public long TotalSnapshots { get; set; }

    public void Add(FindingKind kind, string objectName, string message) => _findings.TryAdd(new CheckFinding(kind, objectName, message), true);

    public void Add(CorruptDataException exception) => Add(FindingKind.DamagedObject, exception.ObjectName, exception.Message);

    public void AddPack(long blobs)
    {
        Interlocked.Increment(ref _packs);
        Interlocked.Add(ref _blobs, blobs);
    }

    public void AddBytesRead(long bytes) => Interlocked.Add(ref _bytesRead, bytes);

    public void AddSnapshot() => Interlocked.Increment(ref _snapshots);

    public CheckProgress ToProgress() => new(
        Interlocked.Read(ref _packs), TotalPacks, Interlocked.Read(ref _bytesRead), Interlocked.Read(ref _snapshots), TotalSnapshots);

    public CheckReport ToReport() => new(
        [.. _findings.Keys.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Message, StringComparer.Ordinal)],
        _snapshots, _packs, _blobs, _bytesRead);
}
