using Dedup.Chunking;
using Dedup.Crypto;

namespace Dedup.Benchmarks;

/// <summary>Cuts a stream into chunks.</summary>
internal sealed class ChunkerWorkload : Workload
{
    /// <summary>Eight chunks or so; stays in the cache, as a buffer that was just read does.</summary>
    public const int Length = 4 << 20;

    private readonly byte[] _data = SyntheticData.Make(DataKind.Mixed, Length, seed: 11);
    private readonly Chunker _chunker;

    public ChunkerWorkload(RawHitKernel kernel)
    {
        using RepositoryKeys keys = BenchmarkKeys.Make();
        _chunker = new Chunker(keys.Chunker, ChunkerParameters.Default, kernel);
    }

    public override void Run()
    {
        for (ReadOnlySpan<byte> rest = _data; !rest.IsEmpty;)
        {
            rest = rest[_chunker.FindCut(rest, isEnd: true)..];
        }
    }

    protected override void Free() => _chunker.Dispose();
}
