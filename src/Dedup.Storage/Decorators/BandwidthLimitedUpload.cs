namespace Dedup.Storage;

/// <summary>An upload of a <see cref="BandwidthLimitedStore"/>: bytes wait before they are appended, so that whoever makes them waits too.</summary>
internal sealed class BandwidthLimitedUpload(BandwidthLimitedStore store, IObjectUpload inner) : IObjectUpload
{
    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await store.PassUpAsync(bytes.Length, cancellationToken).ConfigureAwait(false);
        await inner.AppendAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadBackAsync(offset, destination, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken) => inner.PublishAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
