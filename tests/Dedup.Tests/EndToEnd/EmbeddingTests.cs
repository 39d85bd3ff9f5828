using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Repairing;
using Dedup.Replication;
using Dedup.Retention;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>What makes the first program of a newcomer short, and safe.</summary>
public sealed class EmbeddingTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Of_several_that_open_or_create_at_once_one_makes_the_repository_and_all_get_it()
    {
        Repository[] opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => OpenOrCreateAsync($"cache{i}"))));
        Assert.Single(opened.Select(static repository => repository.Id).Distinct());
        Assert.Single(await opened[0].ListKeysAsync());
        foreach (Repository repository in opened)
        {
            await repository.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_repository_that_has_lost_its_config_is_not_made_anew()
    {
        await using (Repository repository = await OpenOrCreateAsync("cache"))
        {
            await repository.BackupAsync(Letter("a"));
        }

        await _store.DeleteAsync(ObjectName.Parse("config"), default);
        Assert.Contains("no config", (await Assert.ThrowsAsync<RepositoryExistsException>(() => OpenOrCreateAsync("cache"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_is_one_call_that_does_what_its_plan_says()
    {
        await using Repository repository = await OpenOrCreateAsync("cache");
        for (int day = 0; day < 5; day++)
        {
            await repository.BackupAsync(Letter($"{day}"), new BackupOptions { Time = Noon.AddDays(day) });
        }

        RetentionPolicy policy = new() { Last = 2 };
        RetentionPlan plan = await repository.PlanRetentionAsync(policy);
        Assert.Equal(5, await repository.ListSnapshotsAsync().CountAsync());
        RetentionPlan done = await repository.ApplyRetentionAsync(policy);
        Assert.Equal(plan.Forgotten.Select(static snapshot => snapshot.Id), done.Forgotten.Select(static snapshot => snapshot.Id));
        Assert.Equal([Noon.AddDays(3), Noon.AddDays(4)], (await repository.ListSnapshotsAsync().ToListAsync()).Select(static snapshot => snapshot.Time));
        Assert.All(await repository.ListForgottenAsync().ToListAsync(), record => Assert.Equal(policy.ToString(), record.Rule));
    }

    [Fact]
    public async Task A_dry_run_of_backup_and_retention_tells_what_both_would_do()
    {
        await using Repository repository = await OpenOrCreateAsync("cache");
        SnapshotId[] made = [await BackUpAsync(0), await BackUpAsync(1)];
        RetentionPolicy policy = new() { Last = 2 };
        BackupResult dry = await repository.BackupAsync(Letter("2"), new BackupOptions { Time = Noon.AddDays(2), IsDryRun = true });
        Assert.Empty((await repository.PlanRetentionAsync(policy)).Forgotten);
        SnapshotId[] planned = [.. (await repository.PlanRetentionAsync(policy, assumed: [dry.Snapshot])).Forgotten.Select(static snapshot => snapshot.Id)];
        Assert.Equal([made[0]], planned);

        PruneReport pruned = await repository.PruneAsync(new PruneOptions { IsDryRun = true, AssumeForgotten = planned });
        Assert.NotEqual(0, pruned.BytesFreed);
        await Assert.ThrowsAsync<ArgumentException>(() => repository.PruneAsync(new PruneOptions { AssumeForgotten = planned }));
        Assert.Equal(2, await repository.ListSnapshotsAsync().CountAsync());

        await BackUpAsync(2);
        Assert.Equal(planned, (await repository.ApplyRetentionAsync(policy)).Forgotten.Select(static snapshot => snapshot.Id));

        async Task<SnapshotId> BackUpAsync(int day) => (await repository.BackupAsync(Letter($"{day}"), new BackupOptions { Time = Noon.AddDays(day) })).Snapshot.Id;
    }

    [Fact]
    public async Task What_a_check_finds_damaged_is_healed_from_a_replica()
    {
        await using (Repository repository = await OpenOrCreateAsync("cache"))
        {
            await repository.BackupAsync(Letter("Dear reader"));
        }

        MemoryStore replica = new();
        await new Replicator(_store, replica).RunAsync();
        StoreContent content = await StoreContent.ReadAsync(_store);
        MemoryStore broken = content.In("packs").Aggregate(content, static (changed, pack) => changed.WithFlip(pack, 200)).ToStore();
        await using Repository damaged = await Repository.OpenAsync(broken, TestRepository.Credentials, new RepositoryOptions { CacheDirectory = _scratch["cache"] });
        CheckReport found = await damaged.CheckAsync(CheckOptions.Everything);
        PackId[] packs = [.. found.Findings.Select(static finding => finding.Pack).OfType<PackId>().Distinct()];
        Assert.Equal(content.In("packs").Count, packs.Length);
        Assert.All(found.Findings, static finding => Assert.Equal(finding.ObjectName.StartsWith("packs/", StringComparison.Ordinal), finding.Pack is not null));

        Assert.True((await damaged.RepairPacksAsync(new PackRepairOptions { Packs = packs, Replica = replica })).IsComplete);
        Assert.False((await damaged.CheckAsync(CheckOptions.Everything)).IsClean);
        await damaged.PruneAsync();
        Assert.True((await damaged.CheckAsync(CheckOptions.Everything)).IsClean);
    }

    [Fact]
    public async Task Rules_that_keep_nothing_of_a_group_forget_nothing()
    {
        await using Repository repository = await OpenOrCreateAsync("cache");
        await repository.BackupAsync(Letter("a"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => repository.ApplyRetentionAsync(new RetentionPolicy { KeepTags = [["important"]] }));
        await Assert.ThrowsAsync<ArgumentException>(() => repository.ApplyRetentionAsync(new RetentionPolicy()));
        Assert.Equal(1, await repository.ListSnapshotsAsync().CountAsync());
    }

    [Fact]
    public async Task A_file_that_was_found_is_opened_whatever_its_name_is()
    {
        using ScratchDirectory source = new();
        ExternalTool.Require(source.Path, "sh", "-c", "printf found > $(printf '\\377\\376')");
        await using Repository repository = await OpenOrCreateAsync("cache");
        BackupResult backup = await repository.BackupAsync(new FileSystemSource([source.Path]));
        TreeEntry[] entries = await repository.ListEntriesAsync(backup.Snapshot.Id, isRecursive: true).ToArrayAsync();
        TreeEntry file = Assert.Single(entries, static entry => entry.Node.Metadata.Type == NodeType.File);
        Assert.Equal([0xFF, 0xFE], file.Node.Name.Bytes.ToArray());
        using StreamReader content = new(await repository.OpenFileAsync(file));
        Assert.Equal("found", await content.ReadToEndAsync());
        await Assert.ThrowsAsync<PathNotFoundException>(() => repository.OpenFileAsync(entries[0]));
    }

    [Fact]
    public async Task Disposing_of_a_repository_twice_does_no_harm()
    {
        Repository repository = await OpenOrCreateAsync("cache");
        await repository.BackupAsync(Letter("a"));
        await repository.DisposeAsync();
        await repository.DisposeAsync();
    }

    public void Dispose() => _scratch.Dispose();

    private static StreamSource Letter(string text) => new("letter.txt", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    private Task<Repository> OpenOrCreateAsync(string cache) =>
        Repository.OpenOrCreateAsync(_store, TestRepository.Credentials, repositoryOptions: new RepositoryOptions { CacheDirectory = _scratch[cache] });
}
