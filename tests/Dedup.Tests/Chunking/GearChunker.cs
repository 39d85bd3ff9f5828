namespace Dedup.Tests.Chunking;

/// <summary>The common chunker that the engine's is measured against: a rolling Gear hash, a mask, a minimum and a maximum.</summary>
internal sealed class GearChunker
{
    private readonly ulong[] _table = new ulong[256];
    private readonly int _min;
    private readonly int _max;
    private readonly ulong _mask;

    public GearChunker(ulong seed, int min, int target, int max)
    {
        SplitMix64 random = new(seed);
        for (int i = 0; i < _table.Length; i++)
        {
            _table[i] = random.Next();
        }

        _min = min;
        _max = max;

        // The top bits, which have seen the most bytes.
        _mask = ulong.MaxValue << (64 - int.Log2(target));
    }

    public int FindCut(ReadOnlySpan<byte> data)
    {
        data = data[..Math.Min(data.Length, _max)];
        ulong hash = 0;
        for (int i = Math.Max(0, _min - 64); i < data.Length; i++)
        {
            hash = unchecked((hash << 1) + _table[data[i]]);
            if (i + 1 >= _min && (hash & _mask) == 0)
            {
                return i + 1;
            }
        }

        return data.Length;
    }
}
