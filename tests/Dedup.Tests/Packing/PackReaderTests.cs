using System.Buffers.Binary;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Xunit;

namespace Dedup.Tests.Packing;

/// <summary>What a pack holds is found from the pack alone: by its footer, by its records where the footer is lost, and never more than is there.</summary>
public sealed class PackReaderTests : IDisposable
{
    /// <summary>More records than the footer's part that is read at first has room for.</summary>
    private const int ManyRecords = 1000;

    private readonly MasterKey _master = MasterKey.Generate();
    private readonly RepositoryKeys _keys;
    private readonly BlobHasher _hasher;
    private readonly BlobCompressor _compressor = new(CompressionOptions.None);
    private readonly MemoryStore _store = new();

    public PackReaderTests()
    {
        _keys = new RepositoryKeys(_master, new Bytes32(new byte[Bytes32.Length]));
        _hasher = new BlobHasher(_keys.BlobId);
    }

    public void Dispose()
    {
        _compressor.Dispose();
        _hasher.Dispose();
        _keys.Dispose();
        _master.Dispose();
    }

    [Fact]
    public async Task A_directory_longer_than_what_is_read_at_first_is_read_whole()
    {
        PackDirectory written = await WriteAsync(ManyRecords);
        PackDirectory read = await PackReader.ReadFooterAsync(_store, _keys, written.Id, written.Length, CancellationToken.None);
        Assert.Equal(written.Entries, read.Entries);
        Assert.Equal(written.Entries, PackDirectories.TryRead(_store, _keys, written.Id, CancellationToken.None)!.Entries);
        Assert.Equal(written.Entries, (await PackReader.ScanAsync(_store, _keys, written.Id, written.Length, CancellationToken.None)).Entries);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(ManyRecords)]
    public async Task Of_a_pack_that_is_cut_off_the_records_are_found_that_are_whole(int records)
    {
        PackDirectory written = await WriteAsync(records);
        byte[] whole = await ReadAsync(written.Id);
        foreach (PackEntry last in (PackEntry[])[written.Entries[0], written.Entries[records / 2], written.Entries[^1]])
        {
            foreach (int length in (int[])[last.Offset, last.Offset + 1, last.Offset + last.StoredLength - 1, last.Offset + last.StoredLength])
            {
                MemoryStore cut = new();
                cut.TryAdd(RepositoryObjects.Pack(written.Id), whole.AsMemory(0, length));
                await Assert.ThrowsAsync<CorruptDataException>(() => PackReader.ReadFooterAsync(cut, _keys, written.Id, length, CancellationToken.None).AsTask());
                Assert.Equal(
                    written.Entries.Where(entry => entry.Offset + entry.StoredLength <= length), PackDirectories.TryRead(cut, _keys, written.Id, CancellationToken.None)!.Entries);
            }
        }
    }

    [Fact]
    public async Task A_pack_that_is_gone_or_whose_header_is_damaged_holds_nothing()
    {
        PackDirectory written = await WriteAsync(3);
        byte[] damaged = await ReadAsync(written.Id);
        damaged[20] ^= 1;
        MemoryStore store = new();
        Assert.Null(PackDirectories.TryRead(store, _keys, written.Id, CancellationToken.None));
        store.TryAdd(RepositoryObjects.Pack(written.Id), damaged);
        Assert.Null(PackDirectories.TryRead(store, _keys, written.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_length_that_is_none_or_not_that_of_the_pack_is_told()
    {
        PackDirectory written = await WriteAsync(3);
        foreach (long length in (long[])[0, PackLayout.HeaderLength + PackLayout.TrailerLength - 1, Limits.MaxPackLength + 1L, written.Length + 1, written.Length - 1, written.Length + PackReader.TailLength])
        {
            CorruptDataException told = await Assert.ThrowsAsync<CorruptDataException>(
                () => PackReader.ReadFooterAsync(_store, _keys, written.Id, length, CancellationToken.None).AsTask());
            Assert.Equal(RepositoryObjects.Pack(written.Id).Value, told.ObjectName);
        }
    }

    /// <summary>The same as a listing of a store that shows another length than it serves.</summary>
    [Fact]
    public async Task A_range_that_the_pack_does_not_hold_is_told_as_truncated()
    {
        PackDirectory written = await WriteAsync(3);
        CorruptDataException told = await Assert.ThrowsAsync<CorruptDataException>(() => PackReader.ReadExactlyAsync(
            _store, RepositoryObjects.Pack(written.Id), written.Length - 1, new byte[2], CancellationToken.None).AsTask());
        Assert.Equal(written.Length, told.Offset);
    }

    private async Task<PackDirectory> WriteAsync(int records)
    {
        await using PackWriter writer = await PackWriter.BeginAsync(_store, _keys, PackKind.Data, new BufferPool(1 << 16), CancellationToken.None);
        for (int i = 0; i < records; i++)
        {
            byte[] plain = new byte[16 + (i % 50)];
            BinaryPrimitives.WriteInt32LittleEndian(plain, i);
            writer.Add(_hasher.Hash(BlobKind.Data, plain), BlobKind.Data, plain, _compressor, CancellationToken.None);
        }

        return await writer.PublishAsync(CancellationToken.None);
    }

    private async Task<byte[]> ReadAsync(PackId pack)
    {
        ObjectName name = RepositoryObjects.Pack(pack);
        byte[] content = new byte[(await _store.InfoAsync(name, CancellationToken.None))!.Value.Length];
        await _store.ReadAsync(name, 0, content, CancellationToken.None);
        return content;
    }
}
