using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Storage.Decorators;

public sealed class CachingStoreTests : IAsyncLifetime
{
    private const int MiB = 1 << 20, Length = (3 * MiB) + 1000;

    /// <summary>With their checksums.</summary>
    private const int SixObjects = 6 * 1032;

    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    private readonly ScratchFolder _folder = new();
    private readonly CountingStore _counting = new(new MemoryStore());
    private readonly byte[] _content = new byte[Length];
    private readonly SettableClock _time = new();

    private string CachePath => _folder["cache"];

    public async Task InitializeAsync()
    {
        new Random(1).NextBytes(_content);
        await _counting.PutIfAbsentAsync(Pack, _content, default);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Thousands_of_small_reads_are_two_requests_and_none_for_the_next_process()
    {
        await AssertReadsRightlyAsync(Open());
        Assert.Equal(2, Reads);
        await AssertReadsRightlyAsync(Open());
        Assert.Equal(2, Reads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData(2 * MiB)]
    [InlineData(8 * MiB)]
    [InlineData((9 * MiB) + 1)]
    public async Task The_end_of_an_object_of_any_length_is_known(int length)
    {
        ObjectName name = ObjectName.Parse("packs/b2");
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        await _counting.PutIfAbsentAsync(name, content, default);
        for (int process = 0; process < 2; process++)
        {
            CachingStore store = Open();
            byte[] read = new byte[length + 10];
            Assert.Equal(length, await store.ReadAsync(name, 0, read, default));
            Assert.Equal(content, read[..length]);
            Assert.Equal(0, await store.ReadAsync(name, length, read, default));
            Assert.Equal(Math.Min(length, 5), await store.ReadAsync(name, Math.Max(length - 5, 0), read, default));
        }
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("swap")]
    public async Task What_was_damaged_on_this_machine_is_fetched_anew(string damage)
    {
        await AssertReadsRightlyAsync(Open());
        string[] files = Directory.GetFiles(CachePath);
        Assert.Equal(4, files.Length);
        byte[][] contents = Array.ConvertAll(files, File.ReadAllBytes);
        for (int i = 0; i < files.Length; i++)
        {
            byte[] content = contents[i];
            content[content.Length / 2] ^= (byte)(damage == "flip" ? 1 : 0);
            File.WriteAllBytes(files[i], damage switch { "cut" => content[..^1], "empty" => [], "swap" => contents[(i + 1) % 4], _ => content });
        }

        await AssertReadsRightlyAsync(Open());
        Assert.Equal(4, Reads);
        await AssertReadsRightlyAsync(Open());
        Assert.Equal(4, Reads);
    }

    [Fact]
    public async Task What_was_not_used_for_longest_makes_room()
    {
        CachingStore store = Open(maxLength: SixObjects);
        await ReadObjectAsync(store, "packs/old");
        await ReadObjectAsync(store, "packs/used");
        for (int i = 0; i < 20; i++)
        {
            await ReadObjectAsync(store, $"packs/{i}");

            // From the folder, as another process would.
            await ReadObjectAsync(Open(maxLength: SixObjects), "packs/used");
            Assert.InRange(Directory.GetFiles(CachePath).Sum(file => new FileInfo(file).Length), 1, SixObjects);
        }

        long before = Reads;
        await ReadObjectAsync(Open(maxLength: SixObjects), "packs/used");
        Assert.Equal(before, Reads);
        await ReadObjectAsync(Open(maxLength: SixObjects), "packs/old");
        Assert.Equal(before + 1, Reads);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_done_without()
    {
        await File.WriteAllTextAsync(_folder["file"], "in the way");
        CachingStore store = new(_counting, ["packs"], Path.Combine(_folder["file"], "cache"), 64 * MiB, _time);
        await AssertReadsRightlyAsync(store);
        Assert.Equal(2, Reads);
    }

    [Fact]
    public async Task A_folder_that_is_removed_meanwhile_is_made_again()
    {
        CachingStore store = Open();
        await AssertReadsRightlyAsync(store);
        Directory.Delete(CachePath, recursive: true);
        await AssertReadsRightlyAsync(Open());
        await ReadObjectAsync(store, "packs/b2");
        await ReadObjectAsync(store, "packs/b3");
        Assert.NotEmpty(Directory.GetFiles(CachePath));
    }

    [MountFact]
    public async Task A_full_disk_is_done_without()
    {
        using MemoryDisk disk = new(_folder["disk"], 2 * MiB);
        CachingStore store = new(_counting, ["packs"], Path.Combine(_folder["disk"], "cache"), 64 * MiB, _time);
        await AssertReadsRightlyAsync(store);
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_folder["disk"], "cache")), file => Path.GetFileName(file).StartsWith("tmp_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_folders_and_what_is_not_there_are_always_asked_for()
    {
        CachingStore store = Open();
        ObjectName record = ObjectName.Parse("gc/1.mark");
        await _counting.PutIfAbsentAsync(record, _content, default);
        for (int i = 1; i <= 3; i++)
        {
            await store.ReadAsync(record, 0, new byte[10], default);
            Assert.Equal(i, _counting.Traffic.Count(StoreRequestKind.Read, "gc"));
        }

        ObjectName late = ObjectName.Parse("packs/late");
        await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await store.ReadAsync(late, 0, new byte[10], default));
        await _counting.PutIfAbsentAsync(late, _content, default);
        Assert.Equal(10, await store.ReadAsync(late, 0, new byte[10], default));
    }

    [Fact]
    public async Task What_was_uploaded_is_there_without_a_request()
    {
        ObjectName name = ObjectName.Parse("packs/b2");
        await using (IObjectUpload upload = await Open().BeginUploadAsync(default))
        {
            await upload.AppendAsync(_content, default);
            Assert.True(await upload.PublishAsync(name, default));
        }

        byte[] read = new byte[Length];
        Assert.Equal(Length, await Open().ReadAsync(name, 0, read, default));
        Assert.Equal(_content, read);
        Assert.Equal(0, Reads);
    }

    [Fact]
    public async Task What_lies_under_the_name_of_another_object_is_fetched_anew()
    {
        ObjectName[] names = [ObjectName.Parse("packs/b2"), ObjectName.Parse("packs/c3")];
        byte[] read = new byte[1000];
        for (int i = 0; i < names.Length; i++)
        {
            await _counting.PutIfAbsentAsync(names[i], Enumerable.Repeat((byte)i, read.Length).ToArray(), default);
            await Open().ReadAsync(names[i], 0, read, default);
        }

        string[] files = Directory.GetFiles(CachePath);
        Assert.Equal(2, files.Length);
        byte[][] contents = Array.ConvertAll(files, File.ReadAllBytes);
        File.WriteAllBytes(files[0], contents[1]);
        File.WriteAllBytes(files[1], contents[0]);
        for (int i = 0; i < names.Length; i++)
        {
            Assert.Equal(read.Length, await Open().ReadAsync(names[i], 0, read, default));
            Assert.All(read, value => Assert.Equal(i, value));
        }
    }

    [Fact]
    public async Task An_upload_that_was_not_the_first_is_not_taken_for_the_object()
    {
        CachingStore store = Open();
        await using (IObjectUpload upload = await store.BeginUploadAsync(default))
        {
            await upload.AppendAsync(new byte[Length], default);
            Assert.False(await upload.PublishAsync(Pack, default));
        }

        await AssertReadsRightlyAsync(store);
        await AssertReadsRightlyAsync(Open());
    }

    [Fact]
    public async Task A_long_upload_pushes_out_nothing()
    {
        await using (IObjectUpload upload = await Open().BeginUploadAsync(default))
        {
            await upload.AppendAsync(new byte[16 * MiB], default);
            Assert.True(await upload.PublishAsync(ObjectName.Parse("packs/b2"), default));
        }

        Assert.False(Directory.Exists(CachePath));
    }

    private long Reads => _counting.Traffic.Count(StoreRequestKind.Read, "packs");

    private CachingStore Open(long maxLength = 64 * MiB) => new(_counting, ["packs"], CachePath, maxLength, _time);

    private async Task ReadObjectAsync(CachingStore store, string name)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await _counting.PutIfAbsentAsync(ObjectName.Parse(name), new byte[1000], default);
        byte[] read = new byte[MiB];
        Assert.Equal(1000, await store.ReadAsync(ObjectName.Parse(name), 0, read, default));
    }

    private async Task AssertReadsRightlyAsync(CachingStore store)
    {
        byte[] read = new byte[1500];
        for (int offset = 0; offset < Length; offset += 1111)
        {
            int expected = Math.Min(read.Length, Length - offset);
            Assert.Equal(expected, await store.ReadAsync(Pack, offset, read, default));
            Assert.True(read.AsSpan(0, expected).SequenceEqual(_content.AsSpan(offset, expected)));
        }
    }

    private sealed class SettableClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
