using System.Buffers.Binary;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Packing;

public sealed class TinyBlobPackTests
{
    private const int Blobs = 20_000, MostInMemory = 1 << 14;

    [Fact]
    public async Task A_pack_of_tiny_blobs_is_published_long_before_its_length_would_fill_it()
    {
        using MasterKey master = MasterKey.Generate();
        using RepositoryKeys keys = new(master, default);
        using BlobCompressor compressor = new(CompressionOptions.None);
        await using MemoryStore store = new();
        await using PackPublisher publisher = new(maxAtOnce: 1, CancellationToken.None);
        await using OpenPacks packs = new(store, keys, PackKind.Data, targetLength: 1 << 28, maxRecordLength: 1 << 10, maxOpen: 1, publisher);

        byte[] id = new byte[BlobId.Length];
        for (int i = 0; i < Blobs; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(id, i + 1);
            PackWriter pack = packs.Take(CancellationToken.None);
            SealedRecord record = pack.Add(new BlobId(id), BlobKind.Data, id, compressor, CancellationToken.None);
            packs.Return(pack, record.Entry.StoredLength);
        }

        packs.Flush();
        await publisher.CompleteAsync();
        IReadOnlyList<PackDirectory> published = publisher.TakeDurable();
        Assert.Equal(Blobs, published.Sum(pack => pack.Entries.Count));
        Assert.All(published, pack => Assert.InRange(pack.Entries.Count, 1, MostInMemory));
    }
}
