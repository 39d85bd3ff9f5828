using Dedup.Storage;

namespace Dedup.Backup;

/// <summary>A store as a dry run sees it: what is there can be read, and whatever is written is gone. The store behind it stays whose it was.</summary>
internal sealed class RehearsalStore(IObjectStore store) : IObjectStore
{
    public string Location => store.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => new(true);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => new(new RehearsalUpload());

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        store.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => store.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => store.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => new(true);

    public ValueTask DisposeAsync() => default;
}
