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
        Lz4("lz4-text", DataKind.Text),
        Lz4("lz4-random", DataKind.Random),
        Zstd("zstd1-text", 1, DataKind.Text),
        Zstd("zstd3-text", 3, DataKind.Text),
        Zstd("zstd3-random", 3, DataKind.Random),
        new("lz4-decode", () => new DecompressionWorkload(CompressionOptions.Lz4), () => new Lz4DecodeCalibration(DecompressionWorkload.Length)),
        new("zstd-decode", () => new DecompressionWorkload(CompressionOptions.Zstd(3)), () => new ZstdDecodeCalibration(3, DecompressionWorkload.Length)),
        new("seal", () => new SealWorkload(opens: false), () => new CipherCalibration(SealWorkload.Length)),
        new("open", () => new SealWorkload(opens: true), () => new CipherCalibration(SealWorkload.Length)),
        new("pack", () => new PackWorkload(), () => new Lz4Calibration(DataKind.Mixed, PackWorkload.Length)),
        new("find-known", () => new CatalogueWorkload(Blobs, known: true), () => new SqliteCalibration(4000)),
        new("find-unknown", () => new CatalogueWorkload(Blobs, known: false), () => new RecordCalibration(1000)),
        new("synchronise", () => new SynchronisationWorkload(Blobs), () => new SqliteCalibration(20_000)),
        new("tree-encode", () => new TreeWorkload(decodes: false), () => new RecordCalibration(10 * TreeWorkload.Nodes)),
        new("tree-decode", () => new TreeWorkload(decodes: true), () => new RecordCalibration(10 * TreeWorkload.Nodes)),
        new("unchanged", () => new WalkWorkload(), () => new StatCalibration(WalkWorkload.Files)),
        Pipeline("backup", length => new BackupWorkload(length)),
        Pipeline("restore", length => new RestoreWorkload(length)),
        Pipeline("check", length => new CheckWorkload(length)),
        PipelineElapsed("backup-elapsed", length => new BackupWorkload(length)),
        PipelineElapsed("restore-elapsed", length => new RestoreWorkload(length)),
    ];

    public static IEnumerable<string> Names => All.Select(part => part.Name);

    private static GuardedPart Chunker(RawHitKernel kernel) =>
        new($"chunker-{kernel.ToString().ToLowerInvariant()}", () => new ChunkerWorkload(kernel), () => new MixCalibration(ChunkerWorkload.Length));

    private static GuardedPart Lz4(string name, DataKind kind) =>
        new(name, () => new CompressionWorkload(CompressionOptions.Lz4, kind), () => new Lz4Calibration(kind, CompressionWorkload.Length));

    private static GuardedPart Zstd(string name, int level, DataKind kind) =>
        new(name, () => new CompressionWorkload(CompressionOptions.Zstd(level), kind), () => new ZstdCalibration(level, kind, CompressionWorkload.Length));

    private static GuardedPart Pipeline(string name, Func<int, Workload> make) =>
        new(name, () => make(CorpusLength), () => new Lz4Calibration(DataKind.Mixed, CorpusLength));

    private static GuardedPart PipelineElapsed(string name, Func<int, Workload> make) => new(
        name,
        () => make(CorpusLength),
        () => new AllCoresCalibration(() => new Lz4Calibration(DataKind.Mixed, CorpusLength / Environment.ProcessorCount)),
        GuardClock.Elapsed);
}
