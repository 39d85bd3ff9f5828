using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>The replica as one actor sees it: every change is a point at which others may go first, at which the actor may be ended, or at which it fails.</summary>
internal sealed class ReplicaStore(World world, Actor actor, WatchedReplica replica) : IObjectStore
{
    public string Location => "replica";

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => PutAsync(name, content.ToArray());

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => new(new SimulatedUpload(PutAsync));

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        replica.Store.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        world.Step(actor, $"list {folder} of the replica");
        return replica.Store.ListAsync(folder, cancellationToken);
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => replica.Store.InfoAsync(name, cancellationToken);

    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        world.Step(actor, $"delete {name} from the replica");
        world.MaybeFail(actor);
        bool found = await replica.DeleteAsync(name);
        world.Step(actor, $"deleted {name} from the replica");
        world.MaybeLoseReply(actor);
        return found;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<bool> PutAsync(ObjectName name, byte[] content)
    {
        world.Step(actor, $"put {name} into the replica");
        world.MaybeFail(actor);
        bool isWritten = await replica.PutAsync(name, content);
        world.Step(actor, $"{(isWritten ? "wrote" : "found")} {name} in the replica");
        world.MaybeLoseReply(actor);
        return isWritten;
    }
}
