using Dedup.Compression;

namespace Dedup.Benchmarks;

/// <summary>Compresses chunks, or finds that they do not shrink.</summary>
internal sealed class CompressionWorkload(CompressionOptions options, DataKind kind) : Workload
{
    public const int Length = 2 << 20;

    private const int ChunkLength = 512 << 10;

    private readonly byte[] _data = SyntheticData.Make(kind, Length, seed: 13);
    private readonly byte[] _destination = new byte[ChunkLength];
    private readonly BlobCompressor _compressor = new(options);

    public override void Run()
    {
        for (int i = 0; i < Length; i += ChunkLength)
        {
            _compressor.Compress(_data.AsSpan(i, ChunkLength), _destination, out _);
        }
    }

    protected override void Free() => _compressor.Dispose();
}
