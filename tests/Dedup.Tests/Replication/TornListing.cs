using Dedup.Storage;

namespace Dedup.Tests.Replication;

/// <summary>A store that is changed while one of its folders is listed for the first time: what is new lies in the half that was listed already, what is gone in the other.</summary>
/// <param name="inner">The store.</param>
/// <param name="folder">The folder.</param>
/// <param name="change">What happens meanwhile.</param>
internal sealed class TornListing(IObjectStore inner, string folder, Func<Task> change) : IObjectStore
{
    private bool _isDone;

    public string Location => inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string listed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<ObjectInfo> before = await ReadAsync(listed, cancellationToken);
        if (listed == folder && !_isDone)
        {
            _isDone = true;
            await change();
            before.IntersectWith(await ReadAsync(listed, cancellationToken));
        }

        foreach (ObjectInfo info in before)
        {
            yield return info;
        }
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<HashSet<ObjectInfo>> ReadAsync(string listed, CancellationToken cancellationToken)
    {
        HashSet<ObjectInfo> objects = [];
        await foreach (ObjectInfo info in inner.ListAsync(listed, cancellationToken))
        {
            objects.Add(info);
        }

        return objects;
    }
}
