using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>Making, opening and locking repositories.</summary>
public sealed class KeyTests : IDisposable
{
    private static readonly Credentials Other = Credentials.FromPassword("battery staple");

    private readonly ScratchDirectory _scratch = new();
    private readonly MemoryStore _store = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Each_key_opens_the_repository_until_it_is_removed()
    {
        string id;
        await using (Repository repository = await CreateAsync("first"))
        {
            id = repository.Id;
            KeySlotInfo added = await repository.AddKeyAsync(Other, "zwei \u2460", CancellationToken.None);
            Assert.Equal(("zwei \u2460", false), (added.Label, added.IsCurrent));
            IReadOnlyList<KeySlotInfo> keys = await repository.ListKeysAsync(CancellationToken.None);
            Assert.Equal([("first", true), ("zwei \u2460", false)], keys.OrderBy(key => key.Label).Select(key => (key.Label, key.IsCurrent)));
        }

        await using Repository again = await OpenAsync(Other);
        Assert.Equal(id, again.Id);
        KeySlotInfo[] slots = [.. await again.ListKeysAsync(CancellationToken.None)];
        KeySlotInfo own = slots.Single(key => key.IsCurrent), first = slots.Single(key => !key.IsCurrent);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => again.RemoveKeyAsync(own.Id, CancellationToken.None));
        Assert.Contains("open it with another", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => again.RemoveKeyAsync("xyz", CancellationToken.None));
        await again.RemoveKeyAsync(first.Id[..16], CancellationToken.None);
        Assert.Equal([own], await again.ListKeysAsync(CancellationToken.None));
        await Assert.ThrowsAsync<WrongCredentialsException>(() => OpenAsync(TestRepository.Credentials));
    }

    [Fact]
    public async Task A_changed_password_opens_and_the_old_one_does_not()
    {
        await using Repository repository = await CreateAsync("mine");
        SnapshotId snapshot = (await repository.BackupAsync(SyntheticSource.OfFile(new SyntheticContent(5)), new BackupOptions(), null, CancellationToken.None)).Snapshot.Id;
        KeySlotInfo changed = await repository.ChangePasswordAsync(Other, CancellationToken.None);
        Assert.Equal(("mine", true), (changed.Label, changed.IsCurrent));
        Assert.Single(await repository.ListKeysAsync(CancellationToken.None));
        Exception wrong = await Assert.ThrowsAsync<WrongCredentialsException>(() => OpenAsync(TestRepository.Credentials));
        Assert.Contains("memory", wrong.Message, StringComparison.Ordinal);

        await using Repository again = await OpenAsync(Other);
        using MemoryStream dumped = new();
        await again.DumpAsync(snapshot, "/file", dumped, CancellationToken.None);
        Assert.Equal(5, dumped.Length);
    }

    [Fact]
    public async Task A_label_that_a_slot_cannot_hold_is_refused_and_makes_no_slot()
    {
        string label = new('x', 3000);
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(label));
        Assert.Empty(await _store.ListAsync("keys", CancellationToken.None).ToListAsync());
        await using Repository repository = await CreateAsync("");
        await Assert.ThrowsAsync<ArgumentException>(() => repository.AddKeyAsync(Other, label, CancellationToken.None));
        Assert.Single(await repository.ListKeysAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_holds_something_is_not_made_a_repository()
    {
        await using (await CreateAsync(""))
        {
            await Assert.ThrowsAsync<RepositoryExistsException>(() => CreateAsync(""));
            await OpenAndCloseAsync();
        }

        // Whoever lost the config must not lose the rest by making a new one.
        await using (Repository repository = await OpenAsync(TestRepository.Credentials))
        {
            await repository.BackupAsync(SyntheticSource.OfFile(new SyntheticContent(5)), new BackupOptions(), null, CancellationToken.None);
        }

        Assert.True(await Repository.ExistsAsync(_store, CancellationToken.None));
        await _store.DeleteAsync(ObjectName.Parse("config"), CancellationToken.None);
        Assert.False(await Repository.ExistsAsync(_store, CancellationToken.None));
        Assert.Contains("no config", (await Assert.ThrowsAsync<RepositoryExistsException>(() => CreateAsync(""))).Message, StringComparison.Ordinal);
        Assert.Contains("no config", (await Assert.ThrowsAsync<RepositoryNotFoundException>(() => OpenAsync(TestRepository.Credentials))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_that_are_made_at_once_one_gets_the_store()
    {
        // Both find the store empty before either goes on.
        using Barrier barrier = new(2);
        Task<Repository>[] makers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            TestRepository.CreateByPasswordAsync(new MeetingStore(_store, barrier), _scratch["cache"])))];
        await Task.WhenAll(makers).ContinueWith(_ => { }, TaskScheduler.Default);
        Task<Repository> winner = Assert.Single(makers, maker => maker.IsCompletedSuccessfully);
        Assert.IsType<RepositoryExistsException>(Assert.Single(makers, maker => maker.IsFaulted).Exception!.InnerException);
        await using Repository made = await winner;
        await using Repository opened = await OpenAsync(TestRepository.Credentials);
        Assert.Equal(made.Id, opened.Id);
        Assert.Single(await opened.ListKeysAsync(CancellationToken.None));
        Assert.Single(await _store.ListAsync("keys", CancellationToken.None).ToListAsync());
        Assert.True((await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None)).IsClean);
    }

    [Fact]
    public async Task A_test_tells_which_slot_opens_and_does_nothing_else()
    {
        RecoveryCode code = RecoveryCode.Generate();
        await using (Repository repository = await CreateAsync("first"))
        {
            await repository.AddKeyAsync(Credentials.FromRecoveryCode(code), "paper", CancellationToken.None);
            await repository.AddKeyAsync(Credentials.FromKey([1, 2, 3]), "stick", CancellationToken.None);
        }

        // What making the repository left there.
        Directory.Delete(_scratch["cache"], recursive: true);
        string[] before = await NamesAsync();
        (Credentials Credentials, string Label)[] all =
            [(TestRepository.Credentials, "first"), (Credentials.FromPassword(code.Text), "paper"), (Credentials.FromKey([1, 2, 3]), "stick")];
        foreach ((Credentials credentials, string label) in all)
        {
            KeySlotInfo key = await Repository.TestKeyAsync(_store, credentials, CancellationToken.None);
            Assert.Equal((label, true), (key.Label, key.IsCurrent));
            Assert.InRange(key.HashPasses, 3, 20);
            Assert.InRange(key.HashMemory, 64 << 20, 4L << 30);
            Assert.Contains($"keys/{key.Id}", before);
        }

        await Assert.ThrowsAsync<WrongCredentialsException>(() => Repository.TestKeyAsync(_store, Other, CancellationToken.None));
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() => Repository.TestKeyAsync(new MemoryStore(), Other, CancellationToken.None));
        Assert.Equal(before, await NamesAsync());
        Assert.False(Directory.Exists(_scratch["cache"]));

        async Task<string[]> NamesAsync() => [.. (await _store.ListAsync("keys", CancellationToken.None).ToListAsync()).Select(info => info.Name.Value).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Of_two_who_remove_each_others_key_not_both_succeed()
    {
        await using Repository first = await CreateAsync("first");
        KeySlotInfo other = await first.AddKeyAsync(Other, "other", CancellationToken.None);
        string mine = (await first.ListKeysAsync(CancellationToken.None)).Single(key => key.IsCurrent).Id;

        // The other removes this one's key in the very moment in which this one removes the other's.
        HookedStore hooked = new(_store, async (operation, name) =>
        {
            if (operation == StoreOperation.Delete && name == $"keys/{mine}")
            {
                await first.RemoveKeyAsync(other.Id, CancellationToken.None);
            }
        });
        await using Repository second = await Repository.OpenAsync(hooked, Other, new RepositoryOptions { CacheDirectory = _scratch["second"] }, CancellationToken.None);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => second.RemoveKeyAsync(mine, CancellationToken.None));
        Assert.Contains("somebody else", refused.Message, StringComparison.Ordinal);
        await OpenAndCloseAsync();
        await Assert.ThrowsAsync<WrongCredentialsException>(() => OpenAsync(Other));

        // And who finds the own key gone already removes no other.
        KeySlotInfo third = await first.AddKeyAsync(Credentials.FromPassword("third"), "third", CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.RemoveKeyAsync(third.Id, CancellationToken.None));
        Assert.Equal(2, (await first.ListKeysAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task The_only_key_stays()
    {
        await using Repository repository = await CreateAsync("first");
        string id = Assert.Single(await repository.ListKeysAsync(CancellationToken.None)).Id;
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => repository.RemoveKeyAsync(id, CancellationToken.None));
        Assert.Contains("the only one", refused.Message, StringComparison.Ordinal);
        await OpenAndCloseAsync();
    }

    [Fact]
    public void An_empty_password_is_refused() => Assert.Throws<ArgumentException>(() => Credentials.FromPassword(""));

    private Task<Repository> CreateAsync(string label) => TestRepository.CreateByPasswordAsync(_store, _scratch["cache"], new CreateOptions { KeyLabel = label });

    private Task<Repository> OpenAsync(Credentials credentials) =>
        Repository.OpenAsync(_store, credentials, new RepositoryOptions { CacheDirectory = _scratch["cache"] }, CancellationToken.None);

    private async Task OpenAndCloseAsync() => await (await OpenAsync(TestRepository.Credentials)).DisposeAsync();
}
