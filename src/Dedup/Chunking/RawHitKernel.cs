namespace Dedup.Chunking;

/// <summary>The ways to look for raw hits. All give the same bits; they differ in speed only.</summary>
internal enum RawHitKernel
{
    /// <summary>One position at a time; runs everywhere.</summary>
    Scalar,

    /// <summary>16 positions at a time (SSE, NEON).</summary>
    Vector128,

    /// <summary>32 positions at a time (AVX2).</summary>
    Vector256,

    /// <summary>64 positions at a time (AVX-512).</summary>
    Vector512,
}
