using Dedup.Crypto;

namespace Dedup.Benchmarks;

/// <summary>Computes the keyed ids of chunks.</summary>
internal sealed class BlobIdWorkload : Workload
{
    public const int Length = Chunks * ChunkLength;

    private const int Chunks = 4, ChunkLength = 512 << 10;

    private readonly byte[] _data = SyntheticData.Make(DataKind.Random, ChunkLength, seed: 12);
    private readonly BlobHasher _hasher;

    public BlobIdWorkload()
    {
        using RepositoryKeys keys = BenchmarkKeys.Make();
        _hasher = new BlobHasher(keys.BlobId);
    }

    public override void Run()
    {
        for (int i = 0; i < Chunks; i++)
        {
            _ = _hasher.Hash(BlobKind.Data, _data);
        }
    }

    protected override void Free() => _hasher.Dispose();
}
