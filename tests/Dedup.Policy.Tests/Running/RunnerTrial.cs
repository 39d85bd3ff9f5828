using Dedup.Evidence;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;

namespace Dedup.Policy.Tests.Running;

/// <summary>A policy that is carried out on stores in memory, at times of the test's choice.</summary>
internal sealed class RunnerTrial : IDisposable
{
    private readonly ScratchDirectory _files = ScratchDirectory.InMemory(1 << 24);
    private readonly TestRepository _repository;
    private int _runs;

    private RunnerTrial(TestRepository repository, MemoryStore store, BackupPolicy policy)
    {
        _repository = repository;
        Store = store;
        Policy = policy;
        States = new StateFolder(Path.Combine(_files.Path, "state"));
    }

    /// <summary>Where a policy of a test has its replica.</summary>
    public const string ReplicaPlace = "/mnt/copy";

    public MemoryStore Store { get; }

    public MemoryStore Replica { get; } = new();

    public BackupPolicy Policy { get; set; }

    public StateFolder States { get; }

    public SettableTime Time { get; } = new(Parse("2026-01-01T00:00+01:00"));

    /// <summary>What stands before the repository's store; the store itself, unless a test puts something there.</summary>
    public IObjectStore? Front { get; set; }

    /// <summary>Called when a source is opened, by its name.</summary>
    public Action<string> Opening { get; set; } = static _ => { };

    /// <summary>Called when the replica is opened.</summary>
    public Action OpeningReplica { get; set; } = static () => { };

    /// <summary>Called when a drill opens the replica.</summary>
    public Action OpeningDrill { get; set; } = static () => { };

    public static async Task<RunnerTrial> MakeAsync(string sources, string repository = "")
    {
        MemoryStore store = new();
        string folder = Directory.CreateTempSubdirectory("dedup-runner-").FullName;
        TestRepository made = await TestRepository.MakeAsync(store, folder);
        BackupPolicy policy = PolicyFiles.Read(PolicyFiles.Repository + repository + sources);
        return new RunnerTrial(made, store, policy) { Folder = folder };
    }

    private string Folder { get; init; } = "";

    private string Cache => Path.Combine(_files.Path, "cache");

    public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public PolicyRunner Runner() => new(Policy, States, new RunnerServices
    {
        OpenStore = (place, _, cancellationToken) =>
        {
            if (place == ReplicaPlace)
            {
                OpeningDrill();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Task.FromResult<IObjectStore>(new HookedStore(place == ReplicaPlace ? Replica : Front ?? Store, static (_, _) => Task.CompletedTask));
        },
        OpenReplica = (_, _, _) =>
        {
            OpeningReplica();
            return Task.FromResult<IObjectStore>(Replica);
        },
        OpenRepository = async (store, _, options, _) => await _repository.OpenAsync(store, options.CacheDirectory, Time),
        RepositoryOptions = new RepositoryOptions { CacheDirectory = Cache },
        OpenSource = (source, _, _) =>
        {
            Opening(source.Name);
            // Most of what is stored stays, as in practice: a prune refuses to let more than half of it go.
            MemoryDirectory content = new();
            byte[] lasting = new byte[1 << 18];
            new Random(1).NextBytes(lasting);
            content.File("lasting", lasting);
            content.File(source.Name, $"content {Interlocked.Increment(ref _runs)}");
            return new MemorySource(content) { Paths = [$"/{source.Name}"] };
        },
        Time = Time,
    });

    /// <summary>Runs what is due at a time.</summary>
    public Task<RunReport> RunAsync(string time, params string[] sources)
    {
        Time.Now = Parse(time);
        return Runner().RunDueAsync(sources, CancellationToken.None);
    }

    public Task<IReadOnlyList<Snapshot>> SnapshotsAsync() => _repository.SnapshotsAsync(Store);

    /// <summary>What is on record of an action.</summary>
    public async Task<EvidenceRecord[]> RecordsAsync(EvidenceAction action)
    {
        await using Repository repository = await _repository.OpenAsync(Store, Cache, Time);
        return [.. (await repository.ReadEvidenceAsync(CancellationToken.None)).Where(record => record.Action == action)];
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _files.Dispose();
    }
}
