using Dedup.Chunking;

namespace Dedup.Tests.Chunking;

/// <summary>How the engine cuts data of one kind with each of 400 keys; made once for all tests of leaks.</summary>
internal sealed class LeakSample
{
    public const int Keys = 400;
    private const int Length = 1 << 20;

    private static readonly Dictionary<string, Lazy<LeakSample>> Samples = new()
    {
        ["random"] = new(() => new LeakSample(ChunkerTestData.Random(51, Length))),
        ["text"] = new(() => new LeakSample(ChunkerTestData.Text(52, Length))),
        ["archive"] = new(() => new LeakSample(ChunkerTestData.Archive(53, Length))),
    };

    private LeakSample(byte[] data)
    {
        Map = new AnchorMap(data);
        Cuts = [.. Enumerable.Range(0, Keys).Select(
            key => EngineProbe.Cuts(data, ChunkerTestData.KeyOf(key), Parameters, RawHitScanner.Best))];
    }

    public static ChunkerParameters Parameters { get; } = new(8192, 16384, 1 << 17);

    public AnchorMap Map { get; }

    /// <summary>For each key where chunks end.</summary>
    public IReadOnlyList<List<int>> Cuts { get; }

    public static LeakSample Of(string kind) => Samples[kind].Value;
}
