using System.Runtime.Versioning;
using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage;

[SupportedOSPlatform("linux")]
public sealed class LocalStoreOpeningTests : IDisposable
{
    private static readonly ObjectName Config = ObjectName.Parse("config");
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Opening_a_missing_folder_is_an_error_and_creates_nothing()
    {
        StoreException failure = Assert.Throws<StoreException>(() => new LocalStore(_scratch["missing"]));
        Assert.Contains(_scratch["missing"], failure.Message, StringComparison.Ordinal);
        Assert.Contains("mounted", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(failure.IsTransient);
        Assert.False(Path.Exists(_scratch["missing"]));
    }

    [Fact]
    public async Task Opening_and_reading_create_nothing()
    {
        _ = Directory.CreateDirectory(_scratch["store"]);
        await using LocalStore store = new(_scratch["store"]);
        Assert.Null(await store.InfoAsync(Pack, default));
        Assert.False(await store.DeleteAsync(Pack, default));
        Assert.Empty(await store.ListAsync("packs", default).ToListAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch["store"]));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public void A_file_is_no_store(string path)
    {
        File.WriteAllText(_scratch["file"], "text");
        Assert.Contains("folder", Assert.Throws<StoreException>(() => new LocalStore(_scratch[path])).Message, StringComparison.Ordinal);
        Assert.Contains("folder", Assert.Throws<StoreException>(() => LocalStore.Create(_scratch[path])).Message, StringComparison.Ordinal);
        Assert.Equal("text", File.ReadAllText(_scratch["file"]));
    }

    [Fact]
    public async Task Creating_makes_missing_folders_for_their_owner_alone()
    {
        await using (LocalStore store = LocalStore.Create(_scratch["a/b/store/"]))
        {
            Assert.Equal(_scratch["a/b/store"], store.Location);
            Assert.True(await store.PutIfAbsentAsync(Pack, new byte[5], default));
        }

        await using LocalStore again = LocalStore.Create(_scratch["a/b/store"]);
        Assert.Equal(5, (await again.InfoAsync(Pack, default))?.Length);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (string folder in (string[])["a", "a/b", "a/b/store", "a/b/store/packs", "a/b/store/tmp"])
        {
            Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_scratch[folder]));
        }

        Assert.Equal(owner, File.GetUnixFileMode(_scratch["a/b/store/packs/a1"]));
    }

    [Fact]
    public async Task A_folder_deleted_under_the_store_is_an_error_and_not_an_empty_store()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        Directory.Delete(_scratch["store"]);

        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.ListAsync("packs", default).ToListAsync());
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.InfoAsync(Pack, default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.ReadAsync(Pack, 0, new byte[1], default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.DeleteAsync(Pack, default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[1], default));
        Assert.False(Path.Exists(_scratch["store"]));
    }

    [Fact]
    public async Task A_listing_of_a_deleted_root_is_an_error()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        Directory.Delete(_scratch["store"]);
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.ListAsync("", default).ToListAsync());
    }

    [Fact]
    public async Task An_empty_folder_that_takes_the_place_of_an_open_store_is_not_written_to()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        Assert.True(await store.PutIfAbsentAsync(Config, new byte[3], default));
        Directory.Move(_scratch["store"], _scratch["elsewhere"]);
        _ = Directory.CreateDirectory(_scratch["store"]);

        Assert.Equal(3, (await store.InfoAsync(Config, default))?.Length);
        Assert.True(await store.PutIfAbsentAsync(Pack, new byte[5], default));
        Assert.True(File.Exists(_scratch["elsewhere/packs/a1"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch["store"]));
    }

    [Fact]
    public async Task A_closed_store_refuses_calls()
    {
        LocalStore store = LocalStore.Create(_scratch["store"]);
        await store.DisposeAsync();
        await store.DisposeAsync();
        _ = await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.InfoAsync(Pack, default));
    }
}
