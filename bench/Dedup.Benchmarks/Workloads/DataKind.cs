namespace Dedup.Benchmarks;

/// <summary>What synthetic data is like.</summary>
public enum DataKind
{
    /// <summary>Words of a small vocabulary, as source code and logs are: LZ4 halves it.</summary>
    Text,

    /// <summary>Records of 32 bytes with counters and few values, as tables and binaries are: LZ4 takes a third off.</summary>
    Records,

    /// <summary>Even bits, as archives and images are: nothing shrinks it.</summary>
    Random,

    /// <summary>Stretches of 64 KiB to 1 MiB of all of these: half text, a quarter records, a quarter random.</summary>
    Mixed,
}
