using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// The common store as one actor sees it. Every operation is a point at which others may go first, before and after it takes effect;
/// the actor may be ended there, the operation may fail, or its reply may be lost.
/// </summary>
internal sealed class SimulatedStore(World world, Actor actor, BrokenRule broken) : IObjectStore
{
    private readonly Dictionary<string, List<ObjectInfo>> _remembered = [];
    private bool _isFirstPut = true;

    public string Location => "simulation";

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => PutAsync(name, content.ToArray());

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => new(new SimulatedUpload(PutAsync));

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        world.Step(actor, $"read {name}");
        byte[] content = Find(name) ?? throw new ObjectNotFoundException(name, Location);
        ReadOnlySpan<byte> rest = content.AsSpan((int)Math.Min(offset, content.Length));
        rest = rest[..Math.Min(rest.Length, destination.Length)];
        rest.CopyTo(destination.Span);
        return new(rest.Length);
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(
        string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ObjectInfo> listed = broken switch
        {
            BrokenRule.CondemnedIgnored when folder == "gc" => [],
            BrokenRule.CondemnedReadBeforeRegistering or BrokenRule.NoSecondList or BrokenRule.ListsSwapped
                when _remembered.TryGetValue(folder, out List<ObjectInfo>? remembered) => remembered,
            BrokenRule.StalePacks or BrokenRule.StalePacksInPrune when _remembered.TryGetValue(folder, out List<ObjectInfo>? remembered) =>
                [.. List(folder).Union(remembered)],
            _ => List(folder),
        };
        if (broken == BrokenRule.ListsSwapped && folder == "sessions")
        {
            // As if the snapshots had been listed before the sessions.
            _remembered["snapshots"] = world.List("snapshots");
            listed = List(folder);
        }

        if ((broken == BrokenRule.NoSecondList && folder == "snapshots") || (broken == BrokenRule.StalePacksInPrune && folder == "packs"))
        {
            _remembered.TryAdd(folder, listed);
        }

        foreach (ObjectInfo info in listed)
        {
            yield return info;
        }

        await Task.CompletedTask;
    }

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        world.Step(actor, $"look at {name}");
        byte[]? content = Find(name);
        return new(content is null ? null : new ObjectInfo(name, content.Length));
    }

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        world.Step(actor, $"delete {name}");
        world.MaybeFail(actor);
        bool found = world.Delete(name);
        world.Step(actor, $"deleted {name}");
        world.MaybeLoseReply(actor);
        return new(found);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Who sees stale packs reads them too, or the engine would notice.</summary>
    private byte[]? Find(ObjectName name) => world.Find(name)
        ?? (broken == BrokenRule.StalePacksInPrune && _remembered.GetValueOrDefault(name.Folder, []).Exists(info => info.Name == name) ? world.FindDeleted(name) : null);

    private ValueTask<bool> PutAsync(ObjectName name, byte[] content)
    {
        if (_isFirstPut)
        {
            // Before a backup registers, which is the first thing that it writes.
            _isFirstPut = false;
            Remember(BrokenRule.CondemnedReadBeforeRegistering, "gc");
            Remember(BrokenRule.StalePacks, "packs");
        }

        world.Step(actor, $"put {name}");
        world.MaybeFail(actor);
        if (name.Leaf.EndsWith(".mark", StringComparison.Ordinal) && world.Find(name) is null)
        {
            world.NoteMark(name, actor);
        }

        bool isWritten = broken switch
        {
            BrokenRule.NoRegistration when name.Folder == "sessions" => true,
            BrokenRule.NoFencing when name.Folder == "snapshots" && actor.Name.StartsWith("prune", StringComparison.Ordinal) => true,
            BrokenRule.TwoSweeps when name.Leaf.EndsWith(".sweep", StringComparison.Ordinal) => world.Add(name, content) || true,
            BrokenRule.BlindCommit when name.Folder == "snapshots" => world.Overwrite(name, content),
            _ => world.Add(name, content),
        };
        if (broken == BrokenRule.EarlyClose && name.Leaf.EndsWith(".sweep", StringComparison.Ordinal))
        {
            world.Retire(name);
        }

        world.Step(actor, $"{(isWritten ? "wrote" : "found")} {name}");
        world.MaybeLoseReply(actor);
        return new(isWritten);
    }

    private void Remember(BrokenRule rule, string folder)
    {
        if (broken == rule)
        {
            _remembered[folder] = world.List(folder);
        }
    }

    /// <summary>A listing takes time: what changes meanwhile may show or not.</summary>
    private List<ObjectInfo> List(string folder)
    {
        world.Step(actor, $"list {folder}");
        List<ObjectInfo> before = world.List(folder);
        world.Step(actor, $"listed half of {folder}");
        List<ObjectInfo> after = world.List(folder);
        ObjectName[] first = [.. before.Take(before.Count / 2).Select(info => info.Name)];
        List<ObjectInfo> listed = [.. before.Take(first.Length), .. after.Where(info => !first.Contains(info.Name))];
        if (broken == BrokenRule.OtherMarksIgnored && folder == "gc" && actor.Name.StartsWith("prune", StringComparison.Ordinal))
        {
            // Its own is the one that it wrote; others look as if they were done.
            return [.. listed.Concat(world.RetirementsOfOthers(actor, listed))];
        }

        return listed;
    }
}
