namespace Dedup.Benchmarks;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): the same numbers for a seed on every machine.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    /// <summary>The number at a place of the sequence of a seed.</summary>
    public static ulong At(ulong seed, ulong place) => Mix(unchecked(seed + ((place + 1) * Golden)));

    public ulong Next() => Mix(_state = unchecked(_state + Golden));

    /// <summary>A number from 0 up to, not including, a bound.</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    private static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
