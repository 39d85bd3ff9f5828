using Dedup.Catalogue;
using Dedup.Crypto;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup.Benchmarks;

/// <summary>Builds a catalogue anew from the index segments of a store.</summary>
internal sealed class SynchronisationWorkload : Workload
{
    private readonly ScratchFolder _scratch = new();
    private readonly RepositoryKeys _keys = BenchmarkKeys.Make();
    private readonly SyntheticIndexStore _store;
    private CatalogueDatabase? _catalogue;

    public SynchronisationWorkload(long blobs) =>
        _store = SyntheticIndexStore.MakeAsync(_scratch.NewPath(), blobs, _keys).GetAwaiter().GetResult();

    public override void Prepare()
    {
        _catalogue?.Discard();
        _catalogue = CatalogueDatabase.Open(_scratch.NewPath(), new byte[Bytes32.Length]);
    }

    public override void Run()
    {
        CatalogueSynchronizer synchronizer = new(_store, _keys, _catalogue!, NullLogger.Instance);
        if (synchronizer.SynchroniseAsync(CancellationToken.None).GetAwaiter().GetResult().Damage.Count > 0)
        {
            throw new InvalidOperationException("The synchronisation found damage.");
        }
    }

    protected override void Free()
    {
        _catalogue?.Dispose();
        _store.DisposeAsync().Wait();
        _keys.Dispose();
        _scratch.Dispose();
    }
}
