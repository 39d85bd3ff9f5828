using Dedup.Storage;

namespace Dedup.Tests.Faults;

/// <summary>A store that spoils what is read back from uploads, and tells when a record is about to be sealed.</summary>
internal sealed class SpoilingStore(IObjectStore inner) : IObjectStore
{
    /// <summary>Called when an upload is asked for its length: a pack does so for each record, after compressing it and before sealing it.</summary>
    public Action? BeforeSeal { get; init; }

    /// <summary>Which byte from the end of a range read back is spoilt; 0 for none.</summary>
    public int SpoiltFromEnd { get; init; }

    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        new Upload(this, await inner.BeginUploadAsync(cancellationToken));

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Upload(SpoilingStore store, IObjectUpload inner) : IObjectUpload
    {
        public long Length
        {
            get
            {
                store.BeforeSeal?.Invoke();
                return inner.Length;
            }
        }

        public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.AppendAsync(bytes, cancellationToken);

        public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
        {
            await inner.ReadBackAsync(offset, destination, cancellationToken);
            if (store.SpoiltFromEnd > 0)
            {
                destination.Span[^store.SpoiltFromEnd] ^= 1;
            }
        }

        public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken) => inner.PublishAsync(name, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
