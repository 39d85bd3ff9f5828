using Dedup.Compression;

namespace Dedup.Benchmarks;

/// <summary>Decompresses a chunk several times.</summary>
internal sealed class DecompressionWorkload : Workload
{
    public const int Length = Rounds * ChunkLength;

    private const int Rounds = 4, ChunkLength = 512 << 10;

    private readonly byte[] _plain = SyntheticData.Make(DataKind.Text, ChunkLength, seed: 14);
    private readonly byte[] _compressed = new byte[ChunkLength];
    private readonly BlobDecompressor _decompressor = new();
    private readonly BlobCodec _codec;
    private readonly int _length;

    public DecompressionWorkload(CompressionOptions options)
    {
        using BlobCompressor compressor = new(options);
        _codec = compressor.Compress(_plain, _compressed, out _length);
    }

    public override void Run()
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (!_decompressor.TryDecompress(_codec, _compressed.AsSpan(0, _length), _plain))
            {
                throw new InvalidOperationException("The data did not decompress.");
            }
        }
    }

    protected override void Free() => _decompressor.Dispose();
}
