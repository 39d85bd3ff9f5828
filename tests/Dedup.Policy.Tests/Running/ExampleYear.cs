using System.Text;
using Dedup.Evidence;
using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Policy.Reporting;
using Dedup.Policy.Running;
using Dedup.Policy.Scheduling;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Running;

/// <summary>
/// A policy of docs/examples, carried out over the year 2026 by its own text. Its places in S3 and its folders are stores in memory, what it backs up is a small
/// tree that changes, and commands on the way are scripts that write down how they were called. Nothing else is put in the place of anything.
/// </summary>
internal sealed class ExampleYear : IDisposable
{
    /// <summary>The commands of hooks and mails write here, a line each.</summary>
    private const string CallsName = "calls", MailName = "mail";

    private readonly ScratchDirectory _files;
    private readonly TestRepository _repository;
    private readonly Dictionary<string, MemoryStore> _stores;
    private readonly Dictionary<string, byte[]> _lasting = [];
    private readonly StateFolder _states;
    private int _runs;

    private ExampleYear(BackupPolicy policy, Dictionary<string, MemoryStore> stores, ScratchDirectory files, TestRepository repository)
    {
        (_files, _stores, _repository) = (files, stores, repository);
        _states = new StateFolder(files["state"]);
        Policy = WithScripts(policy);
        Begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));
        End = Begin.AddYears(1);
        Off =
        [
            new MachineOff(At(3, 7, 0, 30, 1), At(3, 8, 6, 30, 1)),

            // Over the beginning of summer time.
            new MachineOff(At(3, 28, 21, 10, 1), At(3, 29, 14, 20, 2)),

            // Over the first of a month, when drills are due.
            new MachineOff(At(7, 31, 22, 45, 2), At(8, 8, 9, 15, 2)),
        ];
    }

    public BackupPolicy Policy { get; }

    public DateTimeOffset Begin { get; }

    public DateTimeOffset End { get; }

    /// <summary>When the machine is off.</summary>
    public IReadOnlyList<MachineOff> Off { get; }

    public SettableTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>Names of objects that were deleted in a replica.</summary>
    public List<string> DeletedInReplicas { get; } = [];

    /// <summary>What opened a repository for a drill.</summary>
    public HashSet<SecretReference> DrillKeys { get; } = [];

    /// <summary>What hooks were called with, in order.</summary>
    public string[] HookCalls => ReadLines(CallsName);

    /// <summary>The lines of all mails.</summary>
    public string[] MailLines => ReadLines(MailName);

    private RepositoryPolicy Repository => Policy.Repositories.Single();

    private MemoryStore Store => _stores[Repository.Place];

    /// <summary>Prepares a policy.</summary>
    /// <param name="name">The file in docs/examples, without its ending.</param>
    /// <param name="schedules">Schedules that are put in the place of others, for time: as they stand in the file, and instead.</param>
    public static async Task<ExampleYear> MakeAsync(string name, params (string Written, string Instead)[] schedules)
    {
        string text = File.ReadAllText(Path.Combine(PolicyFiles.Root, "docs/examples", name + ".yaml"));
        foreach ((string written, string instead) in schedules)
        {
            Assert.Contains(written, text, StringComparison.Ordinal);
            text = text.Replace(written, instead, StringComparison.Ordinal);
        }

        PolicyReading reading = PolicyFile.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Empty(reading.Mistakes);
        RepositoryPolicy repository = Assert.Single(reading.Policy!.Repositories);
        ScratchDirectory files = ScratchDirectory.InMemory(1 << 28);
        Dictionary<string, MemoryStore> stores = repository.Replicas.Select(static replica => replica.Place).Append(repository.Place).ToDictionary(static place => place, static _ => new MemoryStore());
        return new ExampleYear(reading.Policy, stores, files, await TestRepository.MakeAsync(stores[repository.Place], files["scratch"]));
    }

    /// <summary>A moment by the clock of the policies' zones.</summary>
    public static DateTimeOffset At(int month, int day, int hour, int minute, int offset) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(offset));

    /// <summary>Lets an agent live through a time: it wakes whenever something is due.</summary>
    /// <param name="from">When it starts.</param>
    /// <param name="to">When it ends.</param>
    /// <param name="ended">Is given what each run did.</param>
    /// <param name="dayEnds">Called at the end of each day, after the last run.</param>
    /// <param name="isAlwaysOn">Whether the machine is never off.</param>
    public async Task LiveAsync(DateTimeOffset from, DateTimeOffset to, Action<RunReport> ended, Func<Task> dayEnds, bool isAlwaysOn = false)
    {
        PolicyRunner runner = new(Policy, _states, Services);
        for (DateTimeOffset now = from; now < to;)
        {
            Time.Now = now;
            ended(await runner.RunDueAsync([], CancellationToken.None));
            DateTimeOffset next = runner.Next(now) ?? to;
            next = isAlwaysOn ? next : WhenOn(next);
            for (DateOnly day = DayOf(now); day < DayOf(next) && day <= DayOf(to.AddTicks(-1)); day = day.AddDays(1))
            {
                await dayEnds();
            }

            now = next;
        }

        Time.Now = to;
    }

    /// <summary>When something runs by its schedule alone: at once, at each time that comes, and once after each time off in which it would have.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="name">Whose run.</param>
    /// <param name="from">When the agent starts.</param>
    /// <param name="to">When it ends.</param>
    /// <returns>The runs, and how many were missed.</returns>
    public (List<DateTimeOffset> Runs, int Missed) Expect(Schedule schedule, string name, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset[] planned = [.. schedule.Upcoming(name, from, int.MaxValue).TakeWhile(time => time < to).Select(WhenOn)];
        List<DateTimeOffset> runs = [.. planned.Prepend(from).Distinct()];
        return (runs, planned.Length + 1 - runs.Count);
    }

    public SourceState StateOf(string source) => _states.ReadSource(source);

    public PolicyStatus Status() => PolicyStatus.Read(Policy, _states, Time.Now);

    /// <summary>The times of the snapshots of a source that can be listed in a place, oldest first.</summary>
    /// <param name="place">The place.</param>
    public async Task<ILookup<string, Snapshot>> SnapshotsAsync(string? place = null)
    {
        await using Repository repository = await _repository.OpenAsync(_stores[place ?? Repository.Place], _files["looking"], Time);
        List<Snapshot> snapshots = [];
        await foreach (Snapshot snapshot in repository.ListSnapshotsAsync(new SnapshotFilter(), CancellationToken.None))
        {
            snapshots.Add(snapshot);
        }

        return snapshots.ToLookup(static snapshot => snapshot.Tags.Single(static tag => tag.StartsWith(SourcePolicy.TagPrefix, StringComparison.Ordinal))[SourcePolicy.TagPrefix.Length..]);
    }

    /// <summary>Names of the objects in a place, the repository's own unless another is named.</summary>
    public async Task<HashSet<string>> ObjectsAsync(string folder, string? place = null)
    {
        HashSet<string> names = [];
        await foreach (ObjectInfo info in _stores[place ?? Repository.Place].ListAsync(folder, CancellationToken.None))
        {
            names.Add(info.Name.Value);
        }

        return names;
    }

    /// <summary>The report on a time, of verified records.</summary>
    public async Task<(EvidenceReport Report, IReadOnlyList<EvidenceRecord> Records)> ReportAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await using Repository repository = await _repository.OpenAsync(Store, _files["looking"], Time);
        IReadOnlyList<EvidenceRecord> records = await repository.ReadEvidenceAsync(CancellationToken.None);
        EvidenceReport report = EvidenceReportBuilder.Build(new EvidenceReportInput
        {
            Records = records,
            Verification = await repository.VerifyEvidenceAsync(CancellationToken.None),
            Repository = repository.Id,
            Location = repository.Location,
            From = from,
            To = to,
            Now = to,
        });
        return (report, records);
    }

    public void Dispose() => _files.Dispose();

    private RunnerServices Services => new()
    {
        OpenStore = (place, _, _) => Task.FromResult<IObjectStore>(Watched(place)),
        OpenReplica = (place, _, _) => Task.FromResult<IObjectStore>(Watched(place)),
        OpenRepository = async (store, repository, options, _) =>
        {
            bool isDrill = options.CacheDirectory != _files["cache"];
            if (isDrill)
            {
                DrillKeys.Add(repository.Password);
            }

            return await _repository.OpenAsync(store, options.CacheDirectory, Time);
        },
        RepositoryOptions = new RepositoryOptions { CacheDirectory = _files["cache"] },
        OpenSource = (source, _, _) => new MemorySource(ContentOf(source.Name)) { Paths = [$"/{source.Name}"] },
        Time = Time,
    };

    private HookedStore Watched(string place) => new(_stores[place], (operation, name) =>
    {
        if (operation == StoreOperation.Delete && place != Repository.Place)
        {
            DeletedInReplicas.Add(name);
        }

        return Task.CompletedTask;
    });

    // Most of what is stored stays, as in practice: a prune refuses to let more than half of it go.
    private MemoryDirectory ContentOf(string source)
    {
        if (!_lasting.TryGetValue(source, out byte[]? lasting))
        {
            lasting = new byte[96 << 10];
            new Random(_lasting.Count).NextBytes(lasting);
            _lasting.Add(source, lasting);
        }

        MemoryDirectory content = new();
        content.File("lasting", lasting);
        content.File("changing", $"{source} {++_runs}");
        return content;
    }

    private DateTimeOffset WhenOn(DateTimeOffset time) => Off.FirstOrDefault(off => off.Holds(time)) is { } off ? off.To : time;

    private DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Policy.Zone).DateTime);

    /// <summary>The same policy, whose commands are scripts that write down how they were called.</summary>
    private BackupPolicy WithScripts(BackupPolicy policy) => policy with
    {
        Sources = [.. policy.Sources.Select(source => source with { Before = [.. source.Before.Select(Instead)], After = [.. source.After.Select(Instead)] })],
        Notifications =
        [
            .. policy.Notifications.Select(told => told.Channel is MailChannel mail
                ? told with { Channel = mail with { Program = Script("sendmail", $"cat >> {_files[MailName]}") } }
                : told),
        ],
    };

    private HookPolicy Instead(HookPolicy hook)
    {
        string script = Script(Path.GetFileName(hook.Command.Words[0]), $"echo \"${{0##*/}} $*\" >> {_files[CallsName]}");
        return hook with { Command = new CommandWords([script, .. hook.Command.Words.Skip(1)]) };
    }

    private string Script(string name, string line)
    {
        string path = Path.Combine(_files.Make("bin"), name);
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        ExternalTool.Require("/", "chmod", "700", path);
        return path;
    }

    private string[] ReadLines(string name) => File.Exists(_files[name]) ? File.ReadAllLines(_files[name]) : [];
}
