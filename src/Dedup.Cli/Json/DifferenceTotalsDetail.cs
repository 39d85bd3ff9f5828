using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>What only one of two snapshots has, with restic's field names.</summary>
internal sealed record DifferenceTotalsDetail(long Files, long Dirs, long Others, long DataBlobs, long TreeBlobs, long Bytes)
{
    public static DifferenceTotalsDetail From(DifferenceTotals totals) =>
        new(totals.Files, totals.Directories, totals.Others, totals.DataBlobs, totals.TreeBlobs, totals.Bytes);
}
