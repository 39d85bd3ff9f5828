using Dedup.Maintenance;
using Dedup.Replication;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Xunit;

namespace Dedup.Tests.Maintenance;

/// <summary>Checks over the weeks: what was read lately is not read again, what was found damaged is.</summary>
public sealed class ReadDataTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static readonly CheckOptions Monthly = new() { ReadData = true, OlderThan = TimeSpan.FromDays(30) };

    private readonly SettableTime _time = new(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly string _cache = repository.Repository.NewFolder();

    private long AllPacks => repository.Content.In("packs").Count;

    private long AllBytes => repository.Content.In("packs").Sum(name => (long)repository.Content[name].Length);

    [Fact]
    public async Task Packs_are_read_again_when_they_are_due_and_not_before()
    {
        MemoryStore store = repository.Content.ToStore();
        CheckReport structure = await CheckAsync(store, CheckOptions.Structure);
        Assert.Equal((0, AllPacks, AllBytes), (structure.PacksRead, structure.Verification.UnverifiedPacks, structure.Verification.UnverifiedBytes));
        Assert.Null(structure.Verification.OldestVerification);

        CheckReport first = await CheckAsync(store, Monthly);
        Assert.Equal((AllPacks, AllBytes), (first.PacksRead, first.BytesRead));
        Assert.Equal((0, 0, 0), (first.Verification.UnverifiedPacks, first.Verification.UnverifiedBytes, first.Verification.NeverVerifiedPacks));
        Assert.Equal(_time.Now, first.Verification.OldestVerification);

        _time.Now += TimeSpan.FromDays(29);
        CheckReport second = await CheckAsync(store, Monthly);
        Assert.Equal(0, second.PacksRead);
        Assert.Equal(TimeSpan.FromDays(29), second.Verification.OldestAge);

        _time.Now += TimeSpan.FromDays(1);
        Assert.Equal(AllPacks, (await CheckAsync(store, Monthly)).PacksRead);

        // A clock a year behind: what was noted lies in the future and counts as never.
        _time.Now -= TimeSpan.FromDays(365);
        Assert.Equal(AllPacks, (await CheckAsync(store, Monthly)).PacksRead);
    }

    [Fact]
    public async Task A_limit_reads_the_oldest_first_until_all_have_been_read()
    {
        MemoryStore store = repository.Content.ToStore();
        long largest = repository.Content.In("packs").Max(name => (long)repository.Content[name].Length);
        CheckOptions limited = Monthly with { Subset = PackSubset.Size(largest) };
        long read = 0;
        int checks = 0;
        for (long before = -1; read != before; checks++)
        {
            before = read;
            CheckReport report = await CheckAsync(store, limited);
            Assert.InRange(report.BytesRead, 0, largest);
            read += report.PacksRead;
            Assert.Equal(AllPacks - read, report.Verification.UnverifiedPacks);
            _time.Now += TimeSpan.FromHours(1);
        }

        Assert.Equal(AllPacks, read);
        Assert.True(checks > 2);
    }

    [Fact]
    public async Task A_damaged_pack_is_read_again_whatever_its_age_until_it_is_whole()
    {
        string pack = repository.Content.In("packs")[0];
        MemoryStore damaged = repository.Content.WithFlip(pack, 200).ToStore();
        foreach (int _ in (int[])[1, 2])
        {
            CheckReport report = await CheckAsync(damaged, Monthly);
            Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.DamagedObject && finding.ObjectName == pack);
            Assert.Equal((1, 1), (report.Verification.UnverifiedPacks, report.Verification.NeverVerifiedPacks));
        }

        Assert.Equal(1, (await CheckAsync(damaged, Monthly)).PacksRead);
        CheckReport healed = await CheckAsync(repository.Content.ToStore(), Monthly);
        Assert.Equal((1, 0), (healed.PacksRead, healed.Verification.UnverifiedPacks));
        Assert.Equal(0, (await CheckAsync(repository.Content.ToStore(), Monthly)).PacksRead);
    }

    [Fact]
    public async Task What_was_read_in_a_replica_says_nothing_of_the_original()
    {
        string replica = repository.Repository.NewFolder(), pack = repository.Content.In("packs")[0];
        MemoryStore original = repository.Content.WithFlip(pack, 200).ToStore();
        await using LocalStore copy = LocalStore.Create(replica);
        await new Replicator(repository.Content.ToStore(), copy).RunAsync();
        Assert.True((await CheckAsync(copy, Monthly)).IsClean);

        CheckReport found = await CheckAsync(original, Monthly);
        Assert.Equal(AllPacks, found.PacksRead);
        Assert.Contains(found.Findings, finding => finding.ObjectName == pack);

        await CheckAsync(copy, CheckOptions.Everything);
        Assert.Equal(1, (await CheckAsync(original, Monthly)).Verification.NeverVerifiedPacks);
    }

    [Fact]
    public async Task Losing_the_catalogue_costs_no_reading_and_losing_the_ledger_all_of_it()
    {
        MemoryStore store = repository.Content.ToStore();
        await CheckAsync(store, Monthly);
        Delete("catalogue.db");
        Assert.Equal(0, (await CheckAsync(store, Monthly)).PacksRead);
        Delete("ledger.db");
        Assert.Equal(AllPacks, (await CheckAsync(store, Monthly)).PacksRead);
    }

    [Fact]
    public async Task Deleting_catalogues_keeps_the_ledger()
    {
        MemoryStore store = repository.Content.ToStore();
        await CheckAsync(store, Monthly);
        Assert.All(LocalCatalogues.List(_cache), LocalCatalogues.Delete);
        Assert.Equal(0, (await CheckAsync(store, Monthly)).PacksRead);
    }

    private void Delete(string name) => Assert.All(Directory.GetFiles(_cache, name + "*", SearchOption.AllDirectories), File.Delete);

    private async Task<CheckReport> CheckAsync(IObjectStore store, CheckOptions options)
    {
        await using Repository opened = await repository.Repository.OpenAsync(store, _cache, _time);
        return await opened.CheckAsync(options, null, CancellationToken.None);
    }
}
