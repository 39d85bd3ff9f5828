using Dedup.Storage;

namespace Dedup.Tests.Recording;

/// <summary>Writes objects and then says that it could not.</summary>
internal sealed class LossyStore(IObjectStore inner, Func<string, bool> isLost) : IObjectStore
{
    public string Location => inner.Location;

    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool isFirst = await inner.PutIfAbsentAsync(name, content, cancellationToken);
        return isLost(name.Value) ? throw new StoreException("the reply was lost") : isFirst;
    }

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) => inner.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
