using System.Security.Cryptography;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Packing;

public sealed class OpenPacksTests : IAsyncLifetime
{
    private const int MaxOpen = 4, TargetLength = 8 << 20;

    private readonly RepositoryKeys _keys = new(MasterKey.FromBytes(new byte[MasterKey.Length]), default);
    private readonly MemoryStore _store = new();
    private readonly PackPublisher _publisher = new(MaxOpen, CancellationToken.None);
    private readonly OpenPacks _packs;

    public OpenPacksTests() => _packs = new OpenPacks(_store, _keys, PackKind.Data, TargetLength, 1 << 20, MaxOpen, _publisher);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _packs.DisposeAsync();
        await _publisher.DisposeAsync();
        _keys.Dispose();
    }

    [Fact]
    public async Task A_small_backup_leaves_one_pack()
    {
        Add(1000, 1000);
        PackDirectory pack = Assert.Single(await FinishAsync());
        Assert.Equal(1000, pack.Entries.Count);
        Assert.Equal(Enumerable.Range(0, 1000), pack.Entries.Select(entry => entry.Ordinal));
        Assert.Equal(PackLayout.PaddedLength(pack.Length), pack.Length);
    }

    [Fact]
    public async Task Nothing_added_leaves_nothing() => Assert.Empty(await FinishAsync());

    [Fact]
    public async Task A_large_backup_fills_packs_and_leaves_no_more_open_than_allowed()
    {
        Add(640, 100_000);
        IReadOnlyList<PackDirectory> packs = await FinishAsync();
        int full = packs.Count(pack => pack.Length >= TargetLength);
        Assert.InRange(full, 4, 8);
        Assert.InRange(packs.Count - full, 0, MaxOpen);
        Assert.All(packs, pack => Assert.True(pack.Length < TargetLength + 300_000));
        Assert.Equal(640, packs.Sum(pack => pack.Entries.Count));
        Assert.Equal(640, packs.SelectMany(pack => pack.Entries).Select(entry => entry.Id).Distinct().Count());
    }

    [Fact]
    public async Task Blobs_go_to_the_open_packs_in_no_order()
    {
        // 16 MB open four packs; what follows is spread over them.
        BlobId[] added = Add(500, 40_000);
        IReadOnlyList<PackDirectory> packs = await FinishAsync();
        Dictionary<BlobId, PackId> places = packs.SelectMany(pack => pack.Entries.Select(entry => (entry.Id, Pack: pack.Id))).ToDictionary(p => p.Id, p => p.Pack);
        PackId[] order = [.. added[400..].Select(id => places[id])];
        int same = order.Zip(order.Skip(1)).Count(pair => pair.First == pair.Second);

        // By chance a third stays in the pack of the one before, the fullest: 32 of 99, with a standard deviation of 4.7.
        Assert.True(order.Distinct().Count() > 1);
        Assert.InRange(same, 3, 60);
    }

    /// <summary>All full at once would be 32 MiB, half full each 16. That bounds the memory of a backup to a store that is far away.</summary>
    [Fact]
    public void Packs_become_full_one_after_the_other()
    {
        const int length = 40_000, settling = 1000;
        List<long> held = [];
        byte[] body = new byte[length];
        using BlobCompressor compressor = new(CompressionOptions.None);
        Dictionary<PackWriter, long> open = [];
        for (int i = 0; i < 4000; i++)
        {
            PackWriter pack = _packs.Take(CancellationToken.None);
            pack.Add(new BlobId(SHA256.HashData(BitConverter.GetBytes(i))), BlobKind.Data, body, compressor, CancellationToken.None);
            open[pack] = pack.Length;
            if (pack.Length >= TargetLength)
            {
                open.Remove(pack);
            }

            _packs.Return(pack, length);
            if (i >= settling)
            {
                held.Add(open.Values.Sum());
            }
        }

        // Between 7 and 15 MiB but for chance; a uniform choice reaches 30.
        Assert.InRange(held.Max(), 1, 20 << 20);
        Assert.InRange(held.Average(), 1, 14 << 20);
    }

    private BlobId[] Add(int count, int length)
    {
        byte[] body = new byte[length];
        using BlobCompressor compressor = new(CompressionOptions.None);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            BlobId id = new(SHA256.HashData(BitConverter.GetBytes(i)));
            PackWriter pack = _packs.Take(CancellationToken.None);
            pack.Add(id, BlobKind.Data, body, compressor, CancellationToken.None);
            _packs.Return(pack, length);
            return id;
        })];
    }

    private async Task<IReadOnlyList<PackDirectory>> FinishAsync()
    {
        _packs.Flush();
        await _publisher.CompleteAsync();
        return _publisher.TakeDurable();
    }
}
