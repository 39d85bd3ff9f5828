using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Storage;
using Dedup.Testing;
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
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() => OpenAsync(TestRepository.Credentials));
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
    public void An_empty_password_is_refused() => Assert.Throws<ArgumentException>(() => Credentials.FromPassword(""));

    private Task<Repository> CreateAsync(string label) => TestRepository.CreateByPasswordAsync(_store, _scratch["cache"], new CreateOptions { KeyLabel = label });

    private Task<Repository> OpenAsync(Credentials credentials) =>
        Repository.OpenAsync(_store, credentials, new RepositoryOptions { CacheDirectory = _scratch["cache"] }, CancellationToken.None);

    private async Task OpenAndCloseAsync() => await (await OpenAsync(TestRepository.Credentials)).DisposeAsync();
}
