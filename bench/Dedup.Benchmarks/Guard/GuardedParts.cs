using Dedup.Chunking;
using Dedup.Compression;

namespace Dedup.Benchmarks;

/// <summary>All parts that the guard watches, each with the calibration that scales as it does.</summary>
internal static class GuardedParts
{
    private const int MiB = 1 << 20;
    private const int CorpusLength = 64 * MiB;
    private const int Blobs = 100_000;

    /// <summary>The parts that this machine can run.</summary>
    public static IReadOnlyList<GuardedPart> All { get; } =
    [
        .. Enum.GetValues<RawHitKernel>().Where(RawHitScanner.IsSupported).Select(Chunker),
        new("blob-id", () => new BlobIdWorkload(), () => new HashCalibration(BlobIdWorkload.Length)),
        Compression("lz4-text", CompressionOptions.Lz4, DataKind.Text),
        Compression("lz4-random", CompressionOptions.Lz4, DataKind.Random),
        Compression("zstd1-text", CompressionOptions.Zstd(1), DataKind.Text),
        Compression("zstd3-text", CompressionOptions.Zstd(3), DataKind.Text),
        Compression("zstd3-random", CompressionOptions.Zstd(3), DataKind.Random),
        Decompression("lz4-decode", CompressionOptions.Lz4),
        Decompression("zstd-decode", CompressionOptions.Zstd(3)),
        new("seal", () => new SealWorkload(opens: false), () => new HashCalibration(SealWorkload.Length)),
        new("open", () => new SealWorkload(opens: true), () => new HashCalibration(SealWorkload.Length)),
        new("pack", () => new PackWorkload(), () => new Lz4Calibration(DataKind.Mixed, PackWorkload.Length)),
        new("find-known", () => new CatalogueWorkload(Blobs, known: true), () => new HashCalibration(4 * MiB)),
        new("find-unknown", () => new CatalogueWorkload(Blobs, known: false), () => new HashCalibration(MiB / 4)),
        new("synchronise", () => new SynchronisationWorkload(Blobs), () => new HashCalibration(64 * MiB)),
        new("tree-encode", () => new TreeWorkload(decodes: false), () => new HashCalibration(MiB)),
        new("tree-decode", () => new TreeWorkload(decodes: true), () => new HashCalibration(MiB)),
        new("unchanged", () => new WalkWorkload(), () => new StatCalibration(WalkWorkload.Files)),
        Pipeline("backup", length => new BackupWorkload(length)),
        Pipeline("restore", length => new RestoreWorkload(length)),
        Pipeline("check", length => new CheckWorkload(length)),
        PipelineElapsed("backup-elapsed", length => new BackupWorkload(length)),
        PipelineElapsed("restore-elapsed", length => new RestoreWorkload(length)),
    ];

    public static IEnumerable<string> Names => All.Select(part => part.Name);

    private static GuardedPart Chunker(RawHitKernel kernel) =>
        new($"chunker-{kernel.ToString().ToLowerInvariant()}", () => new ChunkerWorkload(kernel), () => new HashCalibration(ChunkerWorkload.Length));

    private static GuardedPart Compression(string name, CompressionOptions options, DataKind kind) =>
        new(name, () => new CompressionWorkload(options, kind), () => new Lz4Calibration(kind, CompressionWorkload.Length));

    private static GuardedPart Decompression(string name, CompressionOptions options) =>
        new(name, () => new DecompressionWorkload(options), () => new Lz4Calibration(DataKind.Text, DecompressionWorkload.Length));

    private static GuardedPart Pipeline(string name, Func<int, Workload> make) =>
        new(name, () => make(CorpusLength), () => new Lz4Calibration(DataKind.Mixed, CorpusLength));

    private static GuardedPart PipelineElapsed(string name, Func<int, Workload> make) => new(
        name,
        () => make(CorpusLength),
        () => new AllCoresCalibration(() => new Lz4Calibration(DataKind.Mixed, CorpusLength / Environment.ProcessorCount)),
        GuardClock.Elapsed);
}
