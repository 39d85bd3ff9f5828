namespace Dedup.Benchmarks;

/// <summary>The files of a <see cref="SyntheticSource"/>, by number.</summary>
internal interface ISyntheticContent
{
    /// <summary>How many files there are.</summary>
    int Files { get; }

    /// <summary>The length of a file in bytes.</summary>
    long LengthOf(int file);

    /// <summary>Which of a file's contents it is: another number, and a backup reads it again.</summary>
    long VersionOf(int file) => 0;

    /// <summary>Reads a range that lies within a file.</summary>
    void Read(int file, long offset, Span<byte> destination);
}
