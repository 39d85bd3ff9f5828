using Dedup.Packing;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Packing;

/// <summary>What is read through what reads ahead is what lies in the store, whatever the ranges; in fewer requests where they lie together.</summary>
public sealed class ReadAheadStoreTests
{
    private const int Seed = 20261122, Packs = 8, Reads = 2000;

    private readonly MemoryStore _inner = new();
    private readonly List<(ObjectName Name, byte[] Content)> _objects = [];
    private readonly Random _random = new(Seed);

    public ReadAheadStoreTests()
    {
        for (int i = 0; i < Packs; i++)
        {
            byte[] content = new byte[_random.Next(12 << 20)];
            _random.NextBytes(content);
            _objects.Add((ObjectName.Parse($"{(i == 0 ? "index" : "packs")}/{Convert.ToHexStringLower(new byte[31])}{i:x2}"), content));
            _inner.TryAdd(_objects[^1].Name, content);
        }
    }

    [Fact]
    public async Task Any_range_is_read_as_it_lies_in_the_store()
    {
        await using ReadAheadStore store = new(_inner);
        for (int i = 0; i < Reads; i++)
        {
            (ObjectName name, byte[] content) = _objects[_random.Next(Packs)];
            int offset = _random.Next(content.Length + 10), length = _random.Next(4) switch { 0 => 0, 1 => _random.Next(3 << 20), _ => _random.Next(5000) };
            byte[] read = new byte[length];
            int count = await store.ReadAsync(name, offset, read, CancellationToken.None);
            byte[] expected = content[Math.Min(offset, content.Length)..Math.Min(offset + length, content.Length)];
            Assert.True(expected.AsSpan().SequenceEqual(read.AsSpan(0, count)), $"seed {Seed}, read {i}: {length} bytes at {offset} of {name}");
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ReadAsync(_objects[1].Name, -1, new byte[1], CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task Pages_that_follow_each_other_in_a_pack_cost_a_request_a_megabyte_or_less()
    {
        FaultyStore counted = new(_inner);
        await using ReadAheadStore store = new(counted);
        (ObjectName name, byte[] content) = _objects.Skip(1).MaxBy(pack => pack.Content.Length);
        byte[] page = new byte[4000];
        for (int offset = 0; offset + page.Length <= content.Length; offset += page.Length)
        {
            Assert.Equal(page.Length, await store.ReadAsync(name, offset, page, CancellationToken.None));
        }

        Assert.InRange(counted.Count(StoreOperation.Read), 1, content.Length >> 20);
    }

    [Fact]
    public async Task All_else_goes_to_the_store_itself()
    {
        await using ReadAheadStore store = new(_inner);
        ObjectName name = ObjectName.Parse("sessions/" + new string('1', 32));
        Assert.Equal(_inner.Location, store.Location);
        Assert.True(await store.PutIfAbsentAsync(name, new byte[3], CancellationToken.None));
        Assert.Equal(3, (await store.InfoAsync(name, CancellationToken.None))!.Value.Length);
        List<ObjectName> listed = [];
        await foreach (ObjectInfo info in store.ListAsync("sessions", CancellationToken.None))
        {
            listed.Add(info.Name);
        }

        Assert.Equal([name], listed);
        Assert.True(await store.DeleteAsync(name, CancellationToken.None));
        Assert.Null(await _inner.InfoAsync(name, CancellationToken.None));
        await using (IObjectUpload upload = await store.BeginUploadAsync(CancellationToken.None))
        {
            await upload.AppendAsync(new byte[5], CancellationToken.None);
            Assert.Equal(5, upload.Length);
        }
    }
}
