namespace Dedup.Tests.Concurrency.Model;

/// <summary>A number of at most 31 bits at a fixed place of a <see cref="PackedState"/>.</summary>
internal readonly struct BitField(int word, int shift, int width)
{
    private readonly ulong _mask = (1UL << width) - 1;

    /// <summary>The number.</summary>
    public int this[in PackedState state] => (int)((state[word] >> shift) & _mask);

    /// <summary>Puts a number there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It needs more bits than the field has.</exception>
    public void Set(ref PackedState state, int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)value, _mask, nameof(value));
        state[word] = (state[word] & ~(_mask << shift)) | ((ulong)value << shift);
    }

    /// <summary>Puts 1 or 0 there.</summary>
    public void Set(ref PackedState state, bool value) => Set(ref state, value ? 1 : 0);
}
