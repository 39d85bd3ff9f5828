using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage;

public sealed class LocalStoreTemporaryFilesTests : IAsyncLifetime
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    private readonly ScratchFolder _scratch = new();
    private readonly LocalStore _store;

    public LocalStoreTemporaryFilesTests() => _store = LocalStore.Create(_scratch["store"]);

    private string[] TemporaryFiles => Directory.GetFiles(_scratch["store/tmp"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task What_a_killed_writer_left_goes_with_the_next_write_and_a_living_writer_goes_on()
    {
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        await upload.AppendAsync(new byte[10], default);
        string locked = Assert.Single(TemporaryFiles);
        string stale = _scratch["store/tmp/upload_00112233445566778899aabbccddeeff"];
        string foreign = _scratch["store/tmp/notes.txt"];
        File.WriteAllBytes(stale, new byte[1000]);
        File.WriteAllText(foreign, "text");

        await using (LocalStore next = new(_scratch["store"]))
        {
            _ = await next.InfoAsync(Pack, default);
            Assert.True(File.Exists(stale));
            Assert.True(await next.PutIfAbsentAsync(ObjectName.Parse("packs/b2"), new byte[1], default));
        }

        Assert.Equal([foreign, locked], TemporaryFiles.Order(StringComparer.Ordinal));
        Assert.True(await upload.PublishAsync(Pack, default));
        Assert.Equal(10, (await _store.InfoAsync(Pack, default))?.Length);
    }

    [Fact]
    public async Task What_a_writer_killed_after_publishing_left_goes_and_its_object_stays()
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        string stale = _scratch["store/tmp/upload_00112233445566778899aabbccddeeff"];
        LinkFile(_scratch["store/packs/a1"], stale);

        await using LocalStore next = new(_scratch["store"]);
        _ = await next.PutIfAbsentAsync(ObjectName.Parse("packs/b2"), new byte[1], default);
        Assert.False(File.Exists(stale));
        Assert.Equal(5, (await next.InfoAsync(Pack, default))?.Length);
    }

    [Fact]
    public async Task Every_write_takes_its_temporary_file_away()
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        await (await _store.BeginUploadAsync(default)).DisposeAsync();
        Assert.Empty(TemporaryFiles);
        Assert.Equal(1u, LinkCount(_scratch["store/packs/a1"]));
    }

    [Fact]
    public async Task A_temporary_file_that_somebody_took_away_is_reported()
    {
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        File.Delete(Assert.Single(TemporaryFiles));
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(Pack, default));
        Assert.True(failure.IsTransient);
        Assert.Null(await _store.InfoAsync(Pack, default));
    }

    [Fact]
    public async Task A_link_whose_reply_was_lost_counts_as_won()
    {
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        _ = Directory.CreateDirectory(_scratch["store/packs"]);
        LinkFile(Assert.Single(TemporaryFiles), _scratch["store/packs/a1"]);
        Assert.True(await upload.PublishAsync(Pack, default));
    }

    [Fact]
    public async Task A_copy_of_the_store_by_hard_links_does_not_make_a_loser_win()
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        await using IObjectUpload upload = await _store.BeginUploadAsync(default);
        LinkFile(Assert.Single(TemporaryFiles), _scratch["copy"]);
        Assert.False(await upload.PublishAsync(Pack, default));
    }

    private static unsafe void LinkFile(string source, string target)
    {
        LocalPath from = LocalPath.From(source);
        LocalPath to = LocalPath.From(target);
        Assert.Equal(0, Posix.Link(Posix.CurrentFolder, (byte*)&from, Posix.CurrentFolder, (byte*)&to));
    }

    private static unsafe uint LinkCount(string path)
    {
        LocalPath bytes = LocalPath.From(path);
        Assert.Equal(0, Posix.StatusAt(Posix.CurrentFolder, (byte*)&bytes, out FileStatus status));
        return status.LinkCount;
    }
}
