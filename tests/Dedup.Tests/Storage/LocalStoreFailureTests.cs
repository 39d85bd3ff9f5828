using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Storage;

public sealed class LocalStoreFailureTests : IDisposable
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_failed_write_ends_the_upload_with_the_reason()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        await using LocalUpload upload = UploadTo("/dev/full", store);
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await upload.AppendAsync(new byte[10], default));
        AssertClear(failure, "disk is full");
        Assert.Equal(0, upload.Length);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.PublishAsync(Pack, default));
    }

    [Fault(10)]
    [Fact]
    public async Task A_failed_sync_publishes_nothing_and_is_not_tried_again()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        await using LocalUpload upload = UploadTo("/dev/null", store); // which cannot be synced
        await upload.AppendAsync(new byte[10], default);
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(Pack, default));
        Assert.Contains("durable", failure.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(async () => await upload.PublishAsync(Pack, default));
        Assert.False(Path.Exists(_scratch["store/packs"]));
    }

    [Fault(10)]
    [Fact]
    public async Task A_folder_that_could_not_be_synced_ends_all_writing_but_no_reading()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        _ = await store.PutIfAbsentAsync(Pack, new byte[5], default);
        await using IObjectUpload upload = await store.BeginUploadAsync(default);
        const int closed = -1;
        StoreException first = Assert.Throws<StoreException>(() => store.Root.Sync(closed, "packs"));

        StoreException later = await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(ObjectName.Parse("packs/b2"), new byte[5], default));
        Assert.Contains(first.Message, later.Message, StringComparison.Ordinal);
        _ = await Assert.ThrowsAsync<StoreException>(async () => await upload.PublishAsync(ObjectName.Parse("packs/c3"), default));
        _ = await Assert.ThrowsAsync<StoreException>(async () => await store.DeleteAsync(Pack, default));
        Assert.Equal([new ObjectInfo(Pack, 5)], await store.ListAsync("packs", default).ToListAsync());
    }

    [Fact]
    public async Task A_place_that_takes_no_files_is_a_clear_error()
    {
        await using LocalStore store = new("/proc/self");
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[5], default));
        Assert.StartsWith("/proc/self/tmp: cannot create the folder:", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
    }

    [MountFact]
    public async Task A_full_disk_is_a_clear_error_and_keeps_nothing_of_what_did_not_fit()
    {
        const int mebibyte = 1 << 20;
        using MemoryDisk disk = new(_scratch["disk"], mebibyte);
        await using LocalStore store = new(_scratch["disk"]);
        Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("config"), new byte[1000], default));
        await using IObjectUpload upload = await store.BeginUploadAsync(default);
        await upload.AppendAsync(new byte[mebibyte / 2], default);

        AssertClear(await Assert.ThrowsAsync<StoreException>(async () => await upload.AppendAsync(new byte[mebibyte], default)), "disk is full");
        AssertClear(
            await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[2 * mebibyte], default)),
            "disk is full");

        // Both gave their space back, the upload before being disposed of.
        Assert.Empty(Directory.GetFiles(_scratch["disk/tmp"]));
        Assert.True(await store.PutIfAbsentAsync(Pack, new byte[mebibyte / 2], default));
        Assert.Equal([new ObjectInfo(Pack, mebibyte / 2)], await store.ListAsync("packs", default).ToListAsync());
    }

    [MountFact]
    public async Task A_read_only_disk_can_be_read_and_says_why_it_cannot_be_written()
    {
        using MemoryDisk disk = new(_scratch["disk"], 1 << 20);
        await using LocalStore store = new(_scratch["disk"]);
        _ = await store.PutIfAbsentAsync(Pack, new byte[5], default);
        disk.MakeReadOnly();

        AssertClear(
            await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(ObjectName.Parse("packs/b2"), new byte[5], default)),
            "read-only");
        AssertClear(await Assert.ThrowsAsync<StoreException>(async () => await store.DeleteAsync(Pack, default)), "read-only");
        Assert.Equal(5, await store.ReadAsync(Pack, 0, new byte[9], default));
    }

    [MountFact]
    public async Task A_store_across_two_disks_is_a_clear_error()
    {
        await using LocalStore store = LocalStore.Create(_scratch["store"]);
        using MemoryDisk disk = new(_scratch["store/packs"], 1 << 20);
        AssertClear(
            await Assert.ThrowsAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[5], default)),
            "another file system");
        Assert.Empty(Directory.GetFiles(_scratch["store/tmp"]));
    }

    private static void AssertClear(StoreException failure, string reason)
    {
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.False(failure.IsTransient);
    }

    private static unsafe LocalUpload UploadTo(string device, LocalStore store)
    {
        LocalPath path = LocalPath.From(device);
        int file = LocalRoot.OpenAt(Posix.CurrentFolder, (byte*)&path, Posix.ReadWrite, 0);
        Assert.True(file >= 0);
        return new LocalUpload(store.Root, new Descriptor(file), "tmp/upload_0");
    }
}
