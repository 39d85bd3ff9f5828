using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>The source of a replication that breaks a rule: it lists what the rule says must not be relied on.</summary>
internal sealed class MisreadSource(World world, Actor actor, BrokenReplication broken) : IObjectStore
{
    private readonly SimulatedStore _inner = new(world, actor, BrokenRule.None);
    private List<ObjectInfo>? _packs;

    public string Location => _inner.Location;

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A replication does not write to its source.");

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A replication does not write to its source.");

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        _inner.ReadAsync(name, offset, destination, cancellationToken);

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (folder == RepositoryObjects.Snapshots && broken == BrokenReplication.PacksFirst)
        {
            _packs = world.List(RepositoryObjects.Packs);
        }

        List<ObjectInfo> listed = [];
        await foreach (ObjectInfo info in _inner.ListAsync(folder, cancellationToken))
        {
            listed.Add(info);
        }

        IEnumerable<ObjectInfo> shown = (folder, broken) switch
        {
            (RepositoryObjects.Gc, BrokenReplication.SweepsIgnored) => [],
            (RepositoryObjects.Packs, BrokenReplication.PacksFirst) => listed.Where(info => _packs!.Contains(info)),
            _ => listed,
        };
        foreach (ObjectInfo info in shown)
        {
            yield return info;
        }
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => _inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A replication does not delete from its source.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
