using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Benchmarks;

/// <summary>Writes a pack to a store in memory: compresses and seals blobs, reads them back, and publishes the pack.</summary>
internal sealed class PackWorkload : Workload
{
    public const int Length = 8 << 20;

    private const int BlobLength = 512 << 10;

    private readonly byte[] _data = SyntheticData.Make(DataKind.Mixed, Length, seed: 16);
    private readonly BufferPool _buffers = new(1 << 20);
    private readonly RepositoryKeys _keys = BenchmarkKeys.Make();
    private readonly BlobEncoder _encoder;

    public PackWorkload() => _encoder = new BlobEncoder(_keys, CompressionOptions.Lz4);

    public override void Run() => WriteAsync().Wait();

    protected override void Free()
    {
        _encoder.Dispose();
        _keys.Dispose();
    }

    private async ValueTask WriteAsync()
    {
        await using MemoryStore store = new();
        await using PackWriter pack = await PackWriter.BeginAsync(store, _keys, PackKind.Data, _buffers, CancellationToken.None);
        for (int i = 0; i < Length; i += BlobLength)
        {
            ReadOnlyMemory<byte> plain = _data.AsMemory(i, BlobLength);
            BlobId id = _encoder.Hash(BlobKind.Data, plain.Span);
            _encoder.Verify(pack.Add(id, BlobKind.Data, plain.Span, _encoder.Compressor, CancellationToken.None), plain.Span);
        }

        await pack.PublishAsync(CancellationToken.None);
    }
}
