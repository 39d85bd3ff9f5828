using Dedup.Chunking;

namespace Dedup.Tests.Chunking;

/// <summary>One case of the vector file: how its data is made, and the parameters.</summary>
internal sealed record VectorCase(string Kind, ulong Seed, int Length, ChunkerParameters Parameters)
{
    private static readonly ChunkerParameters Small = new(8192, 4096, 65536);

    /// <summary>
    /// A seed whose data has an anchor at the first position that can be one, 63, though the hash of one of the 16 positions
    /// before looks like a raw hit: below 63 there is none.
    /// </summary>
    private const ulong FirstAnchorSeed = 1283;

    public static IReadOnlyList<VectorCase> All { get; } =
    [
        .. from length in (int[])[0, 1, 63, 64, 65, 8191, 8192, 8193, 65535, 65536, 65537]
           select new VectorCase("random", FirstAnchorSeed, length, Small),
        .. from length in (int[])[262143, 262144, 262145, 2097151, 2097152, 2097153]
           select new VectorCase("random", 3, length, ChunkerParameters.Default),
        .. from kind in (string[])["zeros", "ones", "acgt", "period-17", "period-34"]
           from parameters in (ChunkerParameters[])[Small, ChunkerParameters.Default]
           select new VectorCase(kind, SeedOf(kind), 20 * parameters.MinLength, parameters),
        new("random", 4, 1 << 20, Small),
        new("random", 5, 64 << 20, ChunkerParameters.Default),
    ];

    public byte[] MakeData() => Kind switch
    {
        "random" => ChunkerTestData.Random(Seed, Length),
        "zeros" => new byte[Length],
        "ones" => [.. Enumerable.Repeat((byte)0xFF, Length)],
        "acgt" => ChunkerTestData.Acgt(Seed, Length),
        "period-17" => ChunkerTestData.Periodic(Seed, 17, Length),
        "period-34" => ChunkerTestData.Periodic(Seed, 34, Length),
        _ => throw new InvalidOperationException(Kind),
    };

    private static ulong SeedOf(string kind) => kind switch
    {
        "acgt" => 6,
        "period-17" => ChunkerTestData.DensePeriod17Seed,
        "period-34" => ChunkerTestData.DensePeriod34Seed,
        _ => 0,
    };
}
