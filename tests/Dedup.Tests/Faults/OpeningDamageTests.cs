using Dedup.Maintenance;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>Damage to what opens a repository, by way of the password; and damage that came after it was opened.</summary>
public sealed class OpeningDamageTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private static readonly string[] OpeningObjects = ["config", "keys"];

    public static TheoryData<string> Folders => new("config", "keys", "sessions", "snapshots", "index", "packs");

    [Fact]
    public async Task Every_flipped_byte_of_config_or_key_slot_is_named_when_opening_by_password()
    {
        List<string> failures = [];
        foreach (string name in OpeningObjects.SelectMany(NamesIn))
        {
            for (int offset = 0; offset < repository.Content[name].Length; offset++)
            {
                await JudgeOpeningAsync(repository.Content.WithFlip(name, offset), name, $"byte {offset} of {name}", failures);
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
    }

    [Fact]
    public async Task A_cut_off_or_missing_config_or_key_slot_is_named_when_opening_by_password()
    {
        List<string> failures = [];
        foreach (string name in OpeningObjects.SelectMany(NamesIn))
        {
            byte[] whole = repository.Content[name];
            for (int length = 0; length < whole.Length; length++)
            {
                await JudgeOpeningAsync(repository.Content.With((name, whole[..length])), name, $"{length} bytes of {name}", failures);
            }
        }

        // That the keys are gone is not the password's fault, and must not look like it.
        CorruptDataException gone = await Assert.ThrowsAsync<CorruptDataException>(() => OpenByPasswordAsync(repository.Content.Without("keys")));
        Assert.Contains("keys", gone.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() => OpenByPasswordAsync(repository.Content.With(("config", null))));
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task What_is_damaged_after_the_repository_was_opened_is_found_by_a_check(string folder)
    {
        foreach (string name in NamesIn(folder))
        {
            byte[] whole = repository.Content[name];
            byte[] flipped = repository.Content.WithFlip(name, whole.Length / 2)[name];
            foreach (byte[] damaged in (byte[][])[flipped, whole[..(whole.Length / 2)], []])
            {
                MemoryStore store = repository.Content.ToStore();
                await using Repository opened = await repository.Repository.OpenAsync(store);
                Assert.True((await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).IsClean);
                Assert.True(await store.DeleteAsync(ObjectName.Parse(name), CancellationToken.None));
                Assert.True(store.TryAdd(ObjectName.Parse(name), damaged));
                CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
                Assert.Contains(report.Findings, finding => finding.ObjectName == name && finding.Kind == FindingKind.DamagedObject);
                Assert.False(report.IsClean);
            }
        }
    }

    private static async Task OpenByPasswordAsync(StoreContent content) =>
        await (await Repository.OpenAsync(
            content.ToStore(), TestRepository.Credentials, new RepositoryOptions(), CancellationToken.None)).DisposeAsync();

    private static async Task JudgeOpeningAsync(StoreContent damaged, string name, string what, List<string> failures)
    {
        try
        {
            await OpenByPasswordAsync(damaged);
            failures.Add($"{what}: opens");
        }
        catch (DedupException exception) when (exception is CorruptDataException or UnsupportedFormatException)
        {
            if (!exception.Message.Contains(name, StringComparison.Ordinal))
            {
                failures.Add($"{what}: {exception.Message}");
            }
        }
        catch (DedupException exception)
        {
            failures.Add($"{what}: {exception}");
        }
    }

    private IReadOnlyList<string> NamesIn(string folder) => folder == "config" ? ["config"] : repository.Content.In(folder);
}
