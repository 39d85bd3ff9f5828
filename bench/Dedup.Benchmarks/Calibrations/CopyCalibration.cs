namespace Dedup.Benchmarks;

/// <summary>Copies memory: what a part that mostly moves data scales with.</summary>
/// <param name="length">How many bytes are copied a run.</param>
internal sealed class CopyCalibration(int length) : Workload
{
    private const int BlockLength = 1 << 20;

    private readonly byte[] _source = SyntheticData.Make(DataKind.Random, BlockLength, seed: 31);
    private readonly byte[] _target = new byte[BlockLength];

    public override void Run()
    {
        for (int left = length; left > 0; left -= BlockLength)
        {
            _source.AsSpan(0, Math.Min(left, BlockLength)).CopyTo(_target);
        }
    }
}
