using Dedup.Catalogue;
using Dedup.Crypto;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup.Benchmarks;

/// <summary>A catalogue of so many blobs: built from index segments, opened, and asked.</summary>
internal static class BlobGrowth
{
    private const int Lookups = 100_000;

    public static IReadOnlyList<GrowthRow> Measure(long blobs)
    {
        using ScratchFolder scratch = new();
        using RepositoryKeys keys = BenchmarkKeys.Make();
        string store = scratch.NewPath(), cache = scratch.NewPath();
        SyntheticIndexStore segments = SyntheticIndexStore.MakeAsync(store, blobs, keys).GetAwaiter().GetResult();
        BlobId[] known = [.. Enumerable.Range(0, Lookups).Select(i => SyntheticIndex.Blob((long)(SplitMix64.At(seed: 41, (ulong)i) % (ulong)blobs)))];
        BlobId[] unknown = [.. Enumerable.Range(0, Lookups).Select(i => SyntheticIndex.Blob(blobs + i))];

        GrowthMeter meter = new("blobs", blobs, () => (GrowthMeter.SizeOf(store), GrowthMeter.SizeOf(cache)));
        CatalogueDatabase catalogue = Open(cache);
        meter.Step("synchronise", blobs, () => Synchronise(segments, keys, catalogue));
        catalogue.Dispose();
        meter.Step("open", 1, () => catalogue = Open(cache));
        meter.Step("synchronise again", 1, () => Synchronise(segments, keys, catalogue));
        meter.Step("find unknown", Lookups, () => Find(catalogue, unknown, isKnown: false));
        meter.Step("find known", Lookups, () => Find(catalogue, known, isKnown: true));
        catalogue.Dispose();
        segments.DisposeAsync().Wait();
        return meter.Rows;
    }

    private static CatalogueDatabase Open(string folder) => CatalogueDatabase.Open(folder, new byte[Bytes32.Length]);

    private static void Synchronise(SyntheticIndexStore store, RepositoryKeys keys, CatalogueDatabase catalogue) =>
        new CatalogueSynchronizer(store, keys, catalogue, NullLogger.Instance).SynchroniseAsync(CancellationToken.None).GetAwaiter().GetResult();

    private static void Find(CatalogueDatabase catalogue, BlobId[] ids, bool isKnown)
    {
        if (ids.Any(id => catalogue.TryFind(id, out _) != isKnown))
        {
            throw new InvalidOperationException("The catalogue does not know what it must, or knows what it cannot.");
        }
    }
}
