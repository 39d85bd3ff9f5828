using Dedup.Storage;

namespace Dedup.Testing;

/// <summary>An upload of a <see cref="FaultyStore"/>; over once an append or publishing has failed.</summary>
internal sealed class FaultyUpload(FaultyStore store, IObjectUpload inner) : IObjectUpload
{
    private bool _hasFailed;
    private bool _isDisposed;

    public long Length => inner.Length;

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        store.NoteBytesWritten(bytes.Length);
        _ = await AttemptAsync(
            StoreOperation.Append,
            async () =>
            {
                await inner.AppendAsync(bytes, cancellationToken);
                return true;
            },
            () => inner.AppendAsync(bytes[..(bytes.Length / 2)], cancellationToken));
    }

    public async ValueTask ReadBackAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        store.Note(StoreOperation.ReadBack);
        await inner.ReadBackAsync(offset, destination, cancellationToken);
        store.NoteBytesRead(destination.Length);
    }

    public ValueTask<bool> PublishAsync(ObjectName name, CancellationToken cancellationToken)
    {
        ThrowIfFailed();
        bool isPublished = false;
        return AttemptAsync(
            StoreOperation.Publish,
            async () =>
            {
                // An upload is published once; a second time it is only found that the name is taken.
                bool isFirst = !isPublished;
                isPublished = true;
                return isFirst && await inner.PublishAsync(name, cancellationToken);
            },
            cut: async () =>
            {
                byte[] content = new byte[inner.Length];
                await inner.ReadBackAsync(0, content, cancellationToken);
                await store.PutHalfAsync(name, content, cancellationToken);
            });
    }

    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            store.NoteDisposed();
        }

        return inner.DisposeAsync();
    }

    private async ValueTask<bool> AttemptAsync(StoreOperation operation, Func<ValueTask<bool>> mutate, Func<ValueTask>? tear = null, Func<ValueTask>? cut = null)
    {
        try
        {
            return await store.MutateAsync(operation, mutate, tear, cut);
        }
        catch (StoreException)
        {
            _hasFailed = true;
            throw;
        }
    }

    private void ThrowIfFailed()
    {
        if (_hasFailed)
        {
            throw new InvalidOperationException("The upload is over: an earlier call failed.");
        }
    }
}
