using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Benchmarks;

/// <summary>A store that has index segments, and lists the packs that these name without having them.</summary>
internal sealed class SyntheticIndexStore : IObjectStore
{
    private readonly LocalStore _segments;
    private readonly long _packs;

    private SyntheticIndexStore(LocalStore segments, long packs)
    {
        _segments = segments;
        _packs = packs;
    }

    public string Location => _segments.Location;

    public static async Task<SyntheticIndexStore> MakeAsync(string path, long blobs, RepositoryKeys keys)
    {
        LocalStore segments = LocalStore.Create(path);
        for (int i = 0; i < SyntheticIndex.Segments(blobs); i++)
        {
            byte[] segment = SyntheticIndex.Seal(SyntheticIndex.Segment(i, blobs), keys);
            await segments.PutIfAbsentAsync(RepositoryObjects.Segment(ContentHash.Of(segment)), segment, CancellationToken.None);
        }

        return new SyntheticIndexStore(segments, (blobs + SyntheticIndex.BlobsPerPack - 1) / SyntheticIndex.BlobsPerPack);
    }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _segments.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => _segments.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        _segments.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) =>
        folder == RepositoryObjects.Packs ? ListPacksAsync() : _segments.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => _segments.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => _segments.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => _segments.DisposeAsync();

    private async IAsyncEnumerable<ObjectInfo> ListPacksAsync()
    {
        for (long i = 0; i < _packs; i++)
        {
            yield return new ObjectInfo(RepositoryObjects.Pack(SyntheticIndex.Pack(i)), 32 << 20);
        }
    }
}
