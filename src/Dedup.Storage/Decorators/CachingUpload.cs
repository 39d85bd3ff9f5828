namespace Dedup.Storage;

/// <summary>An upload of a <see cref="CachingStore"/>: what was published is kept, since whoever wrote it will read it next.</summary>
internal sealed class CachingUpload(CachingStore store, IObjectUpload inner) : IObjectUpload
{
    /// <summary>What is longer is no pack of trees, and would push out what is read again and again.</summary>
    private const int MaxBlocks = 16;

    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => inner.AppendAsync(bytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadBackAsync(offset, destination, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        long blocks = (inner.Length / CachingStore.BlockLength) + 1;
        if (!store.Keeps(name) || blocks > MaxBlocks)
        {
            return await inner.PublishAsync(name, cancellationToken).ConfigureAwait(false);
        }

        // Once it is published nothing can be read back.
        byte[] content = GC.AllocateUninitializedArray<byte>((int)inner.Length);
        await inner.ReadBackAsync(0, content, cancellationToken).ConfigureAwait(false);
        bool isFirst = await inner.PublishAsync(name, cancellationToken).ConfigureAwait(false);
        for (int block = 0; isFirst && block < blocks; block++)
        {
            int start = block * CachingStore.BlockLength;
            store.Keep(name, block, content.AsSpan(start, Math.Min(CachingStore.BlockLength, content.Length - start)));
        }

        return isFirst;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
