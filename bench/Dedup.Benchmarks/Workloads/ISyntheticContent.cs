namespace Dedup.Benchmarks;

/// <summary>The files of a <see cref="SyntheticSource"/>, by number.</summary>
internal interface ISyntheticContent
{
    /// <summary>How many files there are.</summary>
    int Files { get; }

    /// <summary>The length of a file in bytes.</summary>
    long LengthOf(int file);

    /// <summary>Reads a range that lies within a file.</summary>
    void Read(int file, long offset, Span<byte> destination);
}
