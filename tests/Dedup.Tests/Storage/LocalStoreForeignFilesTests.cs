using System.Diagnostics;
using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Storage;

public sealed class LocalStoreForeignFilesTests : IAsyncLifetime
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    private static ReadOnlySpan<byte> NotUtf8 => [0xFF, 0xFE, (byte)'a', 0];

    private readonly ScratchFolder _scratch = new();
    private readonly LocalStore _store;

    public LocalStoreForeignFilesTests() => _store = LocalStore.Create(_scratch["store"]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        DeleteFileThatIsNotUtf8();
        await _store.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task What_is_no_object_is_left_out_of_listings()
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        foreach (string name in (string[])["Upper", ".hidden", "a b", "upload_1", "ümlaut", new string('a', 129), "new\nline"])
        {
            File.WriteAllText(_scratch[$"store/packs/{name}"], "text");
            File.WriteAllText(_scratch[$"store/{name}"], "text");
        }

        CreateFileThatIsNotUtf8();
        _ = Directory.CreateDirectory(_scratch["store/packs/folder"]);
        _ = File.CreateSymbolicLink(_scratch["store/packs/link"], _scratch["store/packs/a1"]);
        _ = File.CreateSymbolicLink(_scratch["store/packs/broken"], _scratch["nothing"]);
        MakePipe(_scratch["store/packs/pipe"]);

        Assert.Equal([new ObjectInfo(Pack, 5)], await _store.ListAsync("packs", default).ToListAsync());
        Assert.Empty(await _store.ListAsync("", default).ToListAsync());
    }

    [Theory]
    [InlineData("link")]
    [InlineData("broken")]
    [InlineData("folder")]
    [InlineData("pipe")]
    public async Task What_is_no_file_is_never_read_and_its_name_is_taken(string name)
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        _ = Directory.CreateDirectory(_scratch["store/packs/folder"]);
        _ = File.CreateSymbolicLink(_scratch["store/packs/link"], _scratch["store/packs/a1"]);
        _ = File.CreateSymbolicLink(_scratch["store/packs/broken"], _scratch["nothing"]);
        MakePipe(_scratch["store/packs/pipe"]);
        ObjectName foreign = ObjectName.Parse("packs/" + name);

        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await _store.ReadAsync(foreign, 0, new byte[1], default));
        Assert.Contains("not a regular file", failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAsync<StoreException>(async () => await _store.InfoAsync(foreign, default));
        Assert.Contains("not a regular file", failure.Message, StringComparison.Ordinal);
        Assert.False(await _store.PutIfAbsentAsync(foreign, new byte[9], default));
        Assert.False(Path.Exists(_scratch["nothing"]));
    }

    [Fact]
    public async Task Deleting_a_link_leaves_what_it_points_to()
    {
        _ = await _store.PutIfAbsentAsync(Pack, new byte[5], default);
        _ = File.CreateSymbolicLink(_scratch["store/packs/link"], _scratch["store/packs/a1"]);
        Assert.True(await _store.DeleteAsync(ObjectName.Parse("packs/link"), default));
        Assert.Equal(5, (await _store.InfoAsync(Pack, default))?.Length);
    }

    [Fact]
    public async Task A_folder_of_the_store_may_be_a_link_on_the_same_file_system()
    {
        _ = Directory.CreateDirectory(_scratch["elsewhere"]);
        _ = File.CreateSymbolicLink(_scratch["store/packs"], _scratch["elsewhere"]);
        Assert.True(await _store.PutIfAbsentAsync(Pack, new byte[5], default));
        Assert.True(File.Exists(_scratch["elsewhere/a1"]));
        Assert.Equal([new ObjectInfo(Pack, 5)], await _store.ListAsync("packs", default).ToListAsync());
    }

    private unsafe void CreateFileThatIsNotUtf8()
    {
        int folder = _store.Root.TryOpenFolder("packs");
        fixed (byte* path = NotUtf8)
        {
            int file = Posix.OpenAt(folder, path, Posix.CreateNew, 0x180);
            Assert.True(file >= 0);
            _ = Posix.Close(file);
        }

        _ = Posix.Close(folder);
    }

    // The platform cannot delete what it cannot name.
    private unsafe void DeleteFileThatIsNotUtf8()
    {
        int folder = _store.Root.TryOpenFolder("packs");
        fixed (byte* path = NotUtf8)
        {
            _ = Posix.Unlink(folder, path);
        }

        _ = Posix.Close(folder);
    }

    private static void MakePipe(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
