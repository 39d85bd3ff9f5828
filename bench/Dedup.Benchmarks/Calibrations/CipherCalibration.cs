using System.Security.Cryptography;

namespace Dedup.Benchmarks;

/// <summary>Encrypts with the platform's AES-256-GCM: what sealing and opening scale with.</summary>
/// <param name="length">How many bytes are encrypted a run.</param>
internal sealed class CipherCalibration(int length) : Workload
{
    private const int BlockLength = 256 << 10;

    private readonly AesGcm _cipher = new(SyntheticData.Make(DataKind.Random, 32, seed: 37), AesGcm.TagByteSizes.MaxSize);
    private readonly byte[] _nonce = new byte[AesGcm.NonceByteSizes.MaxSize];
    private readonly byte[] _tag = new byte[AesGcm.TagByteSizes.MaxSize];
    private readonly byte[] _source = SyntheticData.Make(DataKind.Random, BlockLength, seed: 38);
    private readonly byte[] _target = new byte[BlockLength];

    public override void Run()
    {
        for (int left = length; left > 0; left -= BlockLength)
        {
            _cipher.Encrypt(_nonce, _source, _target, _tag);
        }
    }

    protected override void Free() => _cipher.Dispose();
}
