using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Testing;

/// <summary>A store that lets somebody else act right before a call is carried out. Uploads are passed through. It does not dispose of the inner store.</summary>
/// <param name="inner">The store.</param>
/// <param name="before">Called with what is asked for; of a listing, the folder stands for the name.</param>
public sealed class HookedStore(IObjectStore inner, Func<StoreOperation, string, Task> before) : IObjectStore
{
    /// <inheritdoc/>
    public string Location => inner.Location;

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await before(StoreOperation.Put, name.Value);
        return await inner.PutIfAbsentAsync(name, content, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        await before(StoreOperation.Read, name.Value);
        return await inner.ReadAsync(name, offset, destination, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await before(StoreOperation.List, folder);
        await foreach (ObjectInfo info in inner.ListAsync(folder, cancellationToken))
        {
            yield return info;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        await before(StoreOperation.Info, name.Value);
        return await inner.InfoAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        await before(StoreOperation.Delete, name.Value);
        return await inner.DeleteAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
