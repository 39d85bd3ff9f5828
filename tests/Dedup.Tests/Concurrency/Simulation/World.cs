using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Snapshots;
using Dedup.Storage;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// The one true state of the store, and a watch over it that knows more than any actor: which blobs each committed snapshot needs. After
/// every change it asserts that none of them is lost or about to be.
/// </summary>
internal sealed class World(RepositoryKeys keys, Random random)
{
    private const int TraceLength = 600;

    private readonly Dictionary<ObjectName, (long Order, byte[] Content)> _objects = [];
    private long _order;
    private readonly Dictionary<SnapshotId, HashSet<BlobId>> _needs = [];
    private readonly Dictionary<PackId, HashSet<BlobId>> _packs = [];
    private readonly Dictionary<long, HashSet<PackId>> _sweeps = [];
    private readonly Dictionary<long, string> _marksBy = [];
    private readonly List<SnapshotId> _live = [];
    private readonly Dictionary<ObjectName, byte[]> _deleted = [];
    private readonly Queue<string> _trace = new();

    /// <summary>The order of this round.</summary>
    public Schedule? Schedule { get; set; }

    /// <summary>How often an operation ends its actor, fails, or loses its reply.</summary>
    public double FaultRate { get; set; }

    /// <summary>What went wrong; nothing goes on then.</summary>
    public string? Violation { get; private set; }

    /// <summary>The committed snapshots that nobody has forgotten.</summary>
    public IReadOnlyList<SnapshotId> Live => _live;

    /// <summary>The processes that have ended.</summary>
    public HashSet<ProcessIdentity> Dead { get; } = [];

    /// <summary>The last steps, oldest first.</summary>
    public string Trace => string.Join('\n', _trace);

    /// <summary>What a snapshot will need, told before it is committed.</summary>
    public void Announce(SnapshotId snapshot, IEnumerable<BlobId> needs) => _needs[snapshot] = [.. needs];

    /// <summary>What a committed snapshot needs.</summary>
    public IReadOnlySet<BlobId> NeedsOf(SnapshotId snapshot) => _needs[snapshot];

    /// <summary>A point at which others may go first, or the actor may be ended.</summary>
    public void Step(Actor actor, string what)
    {
        if (!actor.IsCrashed && Violation is null)
        {
            Schedule!.Step(actor);
            actor.IsCrashed = random.NextDouble() < FaultRate;
        }

        if (actor.IsCrashed || Violation is not null)
        {
            actor.IsCrashed = true;
            throw new SimulatedCrashException();
        }

        if (_trace.Count == TraceLength)
        {
            _trace.Dequeue();
        }

        _trace.Enqueue($"{actor.Name}: {what}");
    }

    /// <summary>An operation fails and has no effect.</summary>
    public void MaybeFail(Actor actor) => Throw(actor, "it failed");

    /// <summary>An operation took effect and looks as if it had failed.</summary>
    public void MaybeLoseReply(Actor actor) => Throw(actor, "its reply was lost");

    /// <summary>What an object held that was deleted.</summary>
    public byte[]? FindDeleted(ObjectName name) => _deleted.GetValueOrDefault(name);

    public byte[]? Find(ObjectName name) => _objects.GetValueOrDefault(name).Content;

    /// <summary>What lies in a folder, in the order in which it was written.</summary>
    public List<ObjectInfo> List(string folder) =>
    [
        .. _objects.Where(entry => entry.Key.Folder == folder).OrderBy(entry => entry.Value.Order)
            .Select(entry => new ObjectInfo(entry.Key, entry.Value.Content.Length)),
    ];

    public bool Add(ObjectName name, byte[] content) => !_objects.ContainsKey(name) && Overwrite(name, content);

    /// <summary>Puts an object whether there is one or not, as no honest store would.</summary>
    public bool Overwrite(ObjectName name, byte[] content)
    {
        _objects[name] = (++_order, content);
        Watch(name, content);
        return true;
    }

    public bool Delete(ObjectName name)
    {
        bool found = _objects.Remove(name, out (long Order, byte[] Content) deleted);
        if (found && name.Folder == "packs")
        {
            _deleted[name] = deleted.Content;
        }

        if (name.Folder == "packs" && PackId.TryParse(name.Leaf, out PackId pack))
        {
            _packs.Remove(pack);
            RequireNothingLost();
        }
        else if (name.Folder == "snapshots" && SnapshotId.TryParse(name.Leaf, out SnapshotId snapshot) && _live.Contains(snapshot))
        {
            Violate($"snapshot {snapshot} was deleted and is not on record as forgotten");
        }

        return found;
    }

    /// <summary>Lets a sweep look as if it were done.</summary>
    public void Retire(ObjectName sweep)
    {
        if (RepositoryObjects.TryParseGcRecord(sweep.Leaf, out long number, out _))
        {
            Overwrite(RepositoryObjects.GcRecord(number, GcStep.Retirement), []);
        }
    }

    /// <summary>What a listing of gc/ would show if all prunes but the actor's own were done.</summary>
    public IEnumerable<ObjectInfo> RetirementsOfOthers(Actor actor, IEnumerable<ObjectInfo> listed)
    {
        if (!_marksBy.ContainsValue(actor.Name))
        {
            yield break;
        }

        foreach (ObjectInfo info in listed)
        {
            if (RepositoryObjects.TryParseGcRecord(info.Name.Leaf, out long number, out GcStep step) && step == GcStep.Mark && _marksBy.GetValueOrDefault(number) != actor.Name)
            {
                yield return new ObjectInfo(RepositoryObjects.GcRecord(number, GcStep.Retirement), 0);
            }
        }
    }

    /// <summary>Notes who condemns, for <see cref="RetirementsOfOthers"/>.</summary>
    public void NoteMark(ObjectName mark, Actor actor)
    {
        if (RepositoryObjects.TryParseGcRecord(mark.Leaf, out long number, out _))
        {
            _marksBy[number] = actor.Name;
        }
    }

    private void Throw(Actor actor, string how)
    {
        if (random.NextDouble() < FaultRate)
        {
            _trace.Enqueue($"{actor.Name}: {how}");
            throw new StoreException($"simulated: {how}");
        }
    }

    private void Watch(ObjectName name, byte[] content)
    {
        switch (name.Folder)
        {
            case "packs" when PackId.TryParse(name.Leaf, out PackId id):
                WatchPack(id, name, content);
                break;
            case "snapshots" when SnapshotId.TryParse(name.Leaf, out SnapshotId id):
                bool isCommitted = SnapshotFormat.Open(content, id, keys, name.Value).Snapshot is not null && Find(RepositoryObjects.ForgottenRecord(id)) is null;
                if (isCommitted && !_live.Contains(id))
                {
                    _live.Add(id);
                    RequireNothingLost();
                }

                break;
            case "forgotten" when SnapshotId.TryParse(name.Leaf, out SnapshotId id):
                _live.Remove(id);
                break;
            case "gc" when RepositoryObjects.TryParseGcRecord(name.Leaf, out long number, out GcStep step):
                WatchRecord(name, number, step, content);
                break;
        }
    }

    private void WatchPack(PackId id, ObjectName name, byte[] content)
    {
        // The watch reads packs as any reader does, but from a store of its own that nobody else disturbs.
        MemoryStore alone = new();
        alone.PutIfAbsentAsync(name, content, CancellationToken.None).Wait();
        PackDirectory directory = PackReader.ReadFooterAsync(alone, keys, id, content.Length, CancellationToken.None).Wait();
        _packs[id] = [.. directory.Entries.Select(entry => entry.Id)];
    }

    private void WatchRecord(ObjectName name, long number, GcStep step, byte[] content)
    {
        if (number > 1 && !_objects.Keys.Any(other => RepositoryObjects.TryParseGcRecord(other.Leaf, out long before, out _) && before == number - 1))
        {
            Violate($"{name}: there is no prune before this one");
        }

        if (step == GcStep.Sweep)
        {
            _sweeps[number] = [.. GcRecordFormat.Open(content, number, step, keys, name.Value).Packs];
            RequireNothingLost();
        }
        else if (step == GcStep.Retirement)
        {
            _sweeps.Remove(number);
        }
    }

    /// <summary>Every blob of every committed snapshot lies in a pack that is there and that no sweep is about to delete.</summary>
    private void RequireNothingLost()
    {
        HashSet<PackId> doomed = [.. _sweeps.Values.SelectMany(packs => packs)];
        HashSet<BlobId> held = [.. _packs.Where(pack => !doomed.Contains(pack.Key)).SelectMany(pack => pack.Value)];
        foreach (SnapshotId snapshot in _live)
        {
            if (_needs[snapshot].FirstOrDefault(blob => !held.Contains(blob)) is { IsZero: false } lost)
            {
                Violate($"snapshot {snapshot.ToShortString()} needs blob {lost}, which lies in no pack that stays");
            }
        }
    }

    /// <summary>Says what went wrong; nothing goes on then.</summary>
    public void Violate(string what) => Violation ??= what;
}
