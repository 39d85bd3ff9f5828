namespace Dedup.Storage;

/// <summary>An upload of a <see cref="CountingStore"/>.</summary>
internal sealed class CountingUpload(CountingStore store, IObjectUpload inner) : IObjectUpload
{
    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.AppendAsync(bytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadBackAsync(offset, destination, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        store.Note(StoreRequestKind.Put, name.Folder, inner.Length);
        return inner.PublishAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
