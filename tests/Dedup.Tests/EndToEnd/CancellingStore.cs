using Dedup.Storage;

namespace Dedup.Tests.EndToEnd;

/// <summary>A store that cancels something at one of its reads.</summary>
internal sealed class CancellingStore(IObjectStore inner, CancellationTokenSource cancellation) : IObjectStore
{
    private int _readsLeft = int.MaxValue;

    public string Location => inner.Location;

    public void CancelAfter(int reads) => Volatile.Write(ref _readsLeft, reads);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _readsLeft) == 0)
        {
            cancellation.Cancel();
        }

        return inner.ReadAsync(name, offset, destination, cancellationToken);
    }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
