using Dedup.Storage;

namespace Dedup.Tests.Replication;

/// <summary>A store that gives back some reads with a wrong byte.</summary>
/// <param name="inner">What it reads from.</param>
/// <param name="isWrong">Whether a read of an object comes wrong.</param>
internal sealed class FlippingStore(IObjectStore inner, Func<string, bool> isWrong) : IObjectStore
{
    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        int length = await inner.ReadAsync(name, offset, destination, cancellationToken);
        if (length > 0 && isWrong(name.Value))
        {
            destination.Span[0] ^= 1;
        }

        return length;
    }

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
