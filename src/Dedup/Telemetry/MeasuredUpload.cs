using Dedup.Storage;

namespace Dedup.Telemetry;

/// <summary>An upload to a <see cref="MeasuredStore"/>: told of once, when it is published.</summary>
internal sealed class MeasuredUpload(MeasuredStore store, IObjectUpload inner) : IObjectUpload
{
    public long Length => inner.Length;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.AppendAsync(bytes, cancellationToken);

    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) => inner.ReadBackAsync(offset, destination, cancellationToken);

    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        long length = inner.Length;
        long began = store.Now();
        return store.MeasureAsync(StoreRequestKind.Put, began, inner.PublishAsync(name, cancellationToken), length);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
