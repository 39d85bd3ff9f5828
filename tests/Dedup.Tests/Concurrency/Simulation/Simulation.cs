using Dedup.Catalogue;
using Dedup.Chunking;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Pruning;
using Dedup.Replication;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>
/// Some machines with a catalogue each that back up to, forget from, prune and read one repository at once, round after round. Each round
/// is a schedule; what one leaves behind, half-done prunes among it, the next one meets.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const int Machines = 2, Contents = 4, FewContents = 2, MaxSnapshots = 4;

    private static readonly byte[][] ContestedContents = [[1, 2, 3]];

    private readonly Random _random;
    private readonly RepositoryKeys _keys;
    private readonly World _world;
    private readonly CatalogueDatabase[] _catalogues;
    private readonly ActorThreads _threads = new();
    private readonly BrokenRule _broken;
    private readonly bool _isMarkContested;
    private readonly int _seed;
    private readonly BrokenReplication? _replication;
    private int _processes;

    /// <param name="seed">The same seed, the same course.</param>
    /// <param name="broken">A rule that everybody breaks.</param>
    /// <param name="isMarkContested">Whether every round is about one mark that two prunes decide at once, rather than about anything.</param>
    /// <param name="folder">An empty folder for the machines' catalogues.</param>
    /// <param name="replication">A rule that replications break; <see langword="null"/> for a simulation without replications.</param>
    public Simulation(int seed, BrokenRule broken, bool isMarkContested, string folder, BrokenReplication? replication = null)
    {
        _isMarkContested = isMarkContested;
        _seed = seed;
        _random = new Random(seed);
        _broken = broken;
        byte[] id = new byte[Bytes32.Length];
        _keys = new RepositoryKeys(MasterKey.FromBytes(id), new Bytes32(id));
        _world = new World(_keys, _random);
        _replication = replication;
        Replica = new WatchedReplica(_world, _keys);
        if (replication is not null)
        {
            RepositoryConfig config = new() { Repository = _keys.Repository, CreatedNs = 0, Chunks = ChunkerParameters.FromAverage(1 << 20), Compression = CompressionOptions.None };
            _world.Add(RepositoryObjects.Config, ConfigFormat.Write(config, _keys.Config));
        }

        _catalogues = [.. Enumerable.Range(0, Machines).Select(machine => CatalogueDatabase.Open(Path.Combine(folder, $"{machine}"), id))];
    }

    /// <summary>Plays a round.</summary>
    /// <returns>What went wrong, with the steps that led there; <see langword="null"/> when nothing did.</returns>
    public string? Play() =>
        _isMarkContested
            ? Play(CastOfAnUnfinishedPrune(), faultRate: 0) ?? Play(CastOfAContestedMark(), faultRate: 0)
            : Play(Cast(), IsBetweenPrunes ? 0.005 : _random.Next(3) switch { 0 => 0, 1 => 0.002, _ => 0.01 });

    private string? Play(List<(Actor Actor, Func<Task> Work)> cast, double faultRate)
    {
        using Schedule schedule = new(_random, [.. cast.Select(role => role.Actor)]);
        _world.Schedule = schedule;
        _world.FaultRate = faultRate;
        _threads.Start([.. cast.Select(role => (Action)(() => Perform(role.Actor, role.Work, schedule, new Random(Seed(role.Actor)))))]);
        schedule.Run();
        _threads.Wait();
        foreach (Actor actor in cast.Select(role => role.Actor))
        {
            _world.Dead.Add(actor.Process);
            actor.Dispose();
        }

        string? failure = _world.Violation ?? cast.Select(role => role.Actor.Failure).FirstOrDefault(exception => exception is not null)?.ToString();
        return failure is null ? null : $"{failure}\n{_world.Trace}";
    }

    /// <summary>The last steps of all rounds so far.</summary>
    public string Trace => _world.Trace;

    /// <summary>What replications made.</summary>
    public WatchedReplica Replica { get; }

    /// <summary>The snapshots that are committed and not forgotten.</summary>
    public IReadOnlyList<SnapshotId> Live => _world.Live;

    /// <summary>How many replications had to look more than once.</summary>
    public int RepeatedPasses { get; private set; }

    public void Dispose()
    {
        foreach (CatalogueDatabase catalogue in _catalogues)
        {
            catalogue.Dispose();
        }

        _keys.Dispose();
        _threads.Dispose();
    }

    /// <summary>A rule between prunes shows only where several of them meet, and leave things half done.</summary>
    private bool IsBetweenPrunes => _broken is BrokenRule.OtherMarksIgnored or BrokenRule.StalePacksInPrune;

    private static void Perform(Actor actor, Func<Task> work, Schedule schedule, Random randomness)
    {
        Randomness.ReplayOnThisThread(randomness);
        actor.Await();
        try
        {
            work().GetAwaiter().GetResult();
        }
        catch (SimulatedCrashException)
        {
        }
        catch (StoreException exception) when (exception is not ObjectNotFoundException)
        {
            // The store failed, and so does what the actor does: nobody is told that it was done.
        }
        catch (PruneStoppedException) when (actor.IsCrashed)
        {
        }
        catch (Exception exception)
        {
            actor.Failure = exception;
        }

        schedule.End(actor);
    }

    private List<(Actor Actor, Func<Task> Work)> Cast()
    {
        List<(Actor, Func<Task>)> cast = [];
        int backups = _random.Next(1, 3), prunes = IsBetweenPrunes ? _random.Next(2, 4) : _random.Next(1, 3), readers = IsBetweenPrunes ? 0 : _random.Next(2);
        for (int i = 0; i < backups; i++)
        {
            Add("backup", (actor, store, catalogue) => new SimulatedBackup(_world, actor, store, _keys, catalogue, ChooseContents()).RunAsync());
        }

        for (int i = 0; i < prunes; i++)
        {
            Add("prune", PruneAsync);
        }

        for (int i = 0; i < readers && _world.Live.Count > 0; i++)
        {
            Add("reader", ReadAsync);
        }

        if (_replication is not null)
        {
            Add("replicate", (actor, _, _) => ReplicateAsync(actor));
        }

        if (_world.Live.Count > _random.Next(IsBetweenPrunes ? 2 : MaxSnapshots))
        {
            Add("forget", (_, store, _) => ForgetAsync(store));
        }

        return cast;

        void Add(string name, Func<Actor, IObjectStore, CatalogueDatabase, Task> work) => cast.Add(Role(name, work));
    }

    /// <summary>What a prune leaves that died after its mark, when a backup that had begun before came to rely on what it condemned.</summary>
    private List<(Actor Actor, Func<Task> Work)> CastOfAnUnfinishedPrune() =>
    [
        Role("backup", async (actor, store, catalogue) =>
        {
            await new SimulatedBackup(_world, actor, store, _keys, catalogue, ContestedContents).RunAsync();
            GcLog log = new(store, _keys);
            long number = (await log.ReadAsync(CancellationToken.None)).LastNumber + 1;
            PackId[] packs = [.. _world.List("packs").Select(info => PackId.TryParse(info.Name.Leaf, out PackId pack) ? pack : default).Order()];
            await log.TryPutAsync(new GcRecord(number, GcStep.Mark, packs, 0, actor.Name, "simulation"), CancellationToken.None);
        }),
    ];

    /// <summary>Two prunes take up the mark, what was needed is forgotten between them, and a backup wants it again.</summary>
    private List<(Actor Actor, Func<Task> Work)> CastOfAContestedMark() =>
    [
        Role("prune", PruneAsync),
        Role("prune", PruneAsync),
        Role("forget", async (_, store, _) =>
        {
            while (_world.Live.Count > 0)
            {
                await ForgetAsync(store);
            }
        }),
        Role("backup", (actor, store, catalogue) => new SimulatedBackup(_world, actor, store, _keys, catalogue, ContestedContents).RunAsync()),
    ];

    private (Actor Actor, Func<Task> Work) Role(string name, Func<Actor, IObjectStore, CatalogueDatabase, Task> work)
    {
        int process = ++_processes;
        Actor actor = new($"{name} {process}", _random.Next(1, 1000), new ProcessIdentity("simulation", process, 0));
        SimulatedStore store = new(_world, actor, Concerns(name) ? _broken : BrokenRule.None);
        CatalogueDatabase catalogue = _catalogues[_random.Next(Machines)];
        return (actor, () => work(actor, store, catalogue));
    }

    private int Seed(Actor actor) => unchecked((_seed * 1_000_003) + (int)actor.Process.Id);

    /// <summary>A rule of backups is broken by backups only, and likewise.</summary>
    private bool Concerns(string name) => _broken switch
    {
        BrokenRule.NoRegistration or BrokenRule.CondemnedReadBeforeRegistering or BrokenRule.CondemnedIgnored or BrokenRule.StalePacks or BrokenRule.BlindCommit => name == "backup",
        _ => name == "prune",
    };

    private byte[][] ChooseContents() =>
        [.. Enumerable.Range(0, IsBetweenPrunes ? FewContents : Contents).Where(_ => _random.Next(2) == 0).Select(content => Enumerable.Repeat((byte)content, 20 + content).ToArray())];

    private Task PruneAsync(Actor actor, IObjectStore store, CatalogueDatabase catalogue)
    {
        // A clock that may be a year off, forward or back.
        FixedTimeProvider time = new(DateTimeOffset.UnixEpoch.AddYears(50 + _random.Next(-1, 2)));
        PruneOptions options = new()
        {
            MaxUnused = _random.Next(2) == 0 ? 0 : 0.5,
            WaitForSessions = TimeSpan.Zero,
            SessionTimeout = _random.Next(IsBetweenPrunes ? 2 : 3) == 0 ? TimeSpan.FromDays(36500) : TimeSpan.Zero,
            AllowLargeDeletion = true,
            IsExclusive = true,
        };
        return new PruneOperation(new PruneContext(store, _keys, catalogue, time, NullLogger.Instance)
        {
            Concurrency = 1,
            Options = options,
            CancellationToken = CancellationToken.None,
            Host = actor.Name,
            Program = "simulation",
            IsKnownDead = _world.Dead.Contains,
        }).RunAsync();
    }

    private async Task ReplicateAsync(Actor actor)
    {
        Replica.MayDelete = _random.Next(3) == 0;
        ReplicationOptions options = new() { Concurrency = 1, PruneTarget = Replica.MayDelete, AllowLargeDeletion = true };
        ReplicationReport report = await new Replicator(new MisreadSource(_world, actor, _replication!.Value), new ReplicaStore(_world, actor, Replica), options)
            .RunAsync(null, CancellationToken.None);
        RepeatedPasses += report.Passes > 1 ? 1 : 0;
        if (report.Problems.FirstOrDefault(problem => problem.Kind is not (ReplicationProblemKind.DeletionRefused or ReplicationProblemKind.SourceUnsettled)) is { } problem)
        {
            _world.Violate(problem.Message);
        }
    }

    private async Task ForgetAsync(IObjectStore store)
    {
        if (_world.Live.Count == 0)
        {
            return;
        }

        SnapshotId snapshot = _world.Live[_random.Next(_world.Live.Count)];
        try
        {
            await new ForgetOperation(store, _keys, new FixedTimeProvider(DateTimeOffset.UnixEpoch)).RunAsync(snapshot, "simulation", "nobody", CancellationToken.None);
        }
        catch (SnapshotNotFoundException)
        {
            // Forgotten before.
        }
    }

    /// <summary>Reads a snapshot whole. That fails only if it was forgotten meanwhile.</summary>
    private async Task ReadAsync(Actor actor, IObjectStore store, CatalogueDatabase catalogue)
    {
        if (_world.Live.Count == 0)
        {
            return;
        }

        SnapshotId id = _world.Live[_random.Next(_world.Live.Count)];
        try
        {
            Snapshot snapshot = await new SnapshotReader(store, _keys).ReadAsync(id, CancellationToken.None);
            await new CatalogueSynchronizer(store, _keys, catalogue, NullLogger.Instance).SynchroniseAsync(CancellationToken.None);
            using BlobReader blobs = new(store, _keys, catalogue);
            TreeReader trees = new(blobs);
            foreach (Trees.Node node in trees.ReadNodes(snapshot.Tree, CancellationToken.None))
            {
                foreach (Trees.Extent extent in trees.ReadExtents(node, CancellationToken.None))
                {
                    blobs.Read(extent.Blob, BlobKind.Data, CancellationToken.None);
                }
            }
        }
        catch (Exception exception) when (!_world.Live.Contains(id) && exception is SnapshotNotFoundException or CorruptDataException or BlobMissingException or CatalogueDamagedException)
        {
            // It was forgotten while it was read.
        }
    }
}
