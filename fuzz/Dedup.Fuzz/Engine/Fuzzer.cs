namespace Dedup.Fuzz;

/// <summary>Feeds one parser or protocol with inputs and says what must hold of each. One thread at a time.</summary>
/// <param name="name">What it is called on the command line; the folder of its corpus.</param>
internal abstract class Fuzzer(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Valid inputs to begin with, the same each time.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>The longest input that is made, in bytes.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>Pieces that inputs of this kind are often made of: magics, keywords, names that lead elsewhere.</summary>
    public virtual IReadOnlyList<byte[]> Words => [];

    /// <summary>Executes one input. Whatever it throws is a fault: what the parser may throw by its documentation is caught within.</summary>
    /// <returns>What came of it: an input with a new outcome is worth changing further.</returns>
    public abstract Outcome Execute(ReadOnlySpan<byte> input);

    public virtual void Dispose()
    {
    }

    /// <summary>What a parser may allocate: something for tables of the largest count that a bound allows, and a multiple of what it was given.</summary>
    protected static long AllocationFor(int inputLength) => (192 << 10) + (48L * inputLength);
}
