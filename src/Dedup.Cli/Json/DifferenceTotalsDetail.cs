using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>What only one of two snapshots has, with restic's field names.</summary>
/// <param name="Files">Files.</param>
/// <param name="Dirs">Directories.</param>
/// <param name="Others">Links, devices, pipes and sockets.</param>
/// <param name="DataBlobs">Blobs of file content.</param>
/// <param name="TreeBlobs">Blobs of directories and lists.</param>
/// <param name="Bytes">The lengths of the blobs.</param>
internal sealed record DifferenceTotalsDetail(long Files, long Dirs, long Others, long DataBlobs, long TreeBlobs, long Bytes)
{
    public static DifferenceTotalsDetail From(DifferenceTotals totals) =>
        new(totals.Files, totals.Directories, totals.Others, totals.DataBlobs, totals.TreeBlobs, totals.Bytes);
}
