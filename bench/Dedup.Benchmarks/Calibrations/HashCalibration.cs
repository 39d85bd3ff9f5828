using System.Security.Cryptography;

namespace Dedup.Benchmarks;

/// <summary>Computes SHA-256: what a part that mostly computes scales with.</summary>
/// <param name="length">How many bytes are hashed a run.</param>
internal sealed class HashCalibration(int length) : Workload
{
    private const int BlockLength = 256 << 10;

    private readonly byte[] _data = SyntheticData.Make(DataKind.Random, BlockLength, seed: 32);
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];

    public override void Run()
    {
        for (int left = length; left > 0; left -= BlockLength)
        {
            SHA256.HashData(_data.AsSpan(0, Math.Min(left, BlockLength)), _digest);
        }
    }
}
