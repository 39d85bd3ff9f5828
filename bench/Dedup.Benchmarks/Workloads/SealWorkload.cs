using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Benchmarks;

/// <summary>Seals a record several times, or opens it.</summary>
internal sealed class SealWorkload : Workload
{
    public const int Length = Rounds * BodyLength;

    private const int Rounds = 8, BodyLength = 256 << 10;

    private readonly byte[] _body = SyntheticData.Make(DataKind.Random, BodyLength, seed: 15);
    private readonly byte[] _record = new byte[BodyLength + PackLayout.RecordOverhead];
    private readonly PackEntry _entry = new(
        new BlobId(new byte[BlobId.Length]), BlobKind.Data, BlobCodec.Lz4, 2 * BodyLength, BodyLength + PackLayout.RecordOverhead, PackLayout.HeaderLength, 0);

    private readonly PackSeal _seal;
    private readonly bool _opens;

    public SealWorkload(bool opens)
    {
        using RepositoryKeys keys = BenchmarkKeys.Make();
        _seal = PackSeal.Create(keys, PackKind.Data);
        _seal.SealRecord(_entry, _body, _record);
        _opens = opens;
    }

    public override void Run()
    {
        for (int i = 0; i < Rounds; i++)
        {
            if (!_opens)
            {
                _seal.SealRecord(_entry, _body, _record);
            }
            else if (!_seal.TryOpenBody(_entry, _record, _body))
            {
                throw new InvalidOperationException("The record did not open.");
            }
        }
    }

    protected override void Free() => _seal.Dispose();
}
