using Dedup.Cli.Json;

namespace Dedup.Cli.Output;

/// <summary>How large a repository or a snapshot is.</summary>
internal static class StatisticsReport
{
    public static void Write(TextWriter output, StatisticsDocument statistics)
    {
        bool isRaw = statistics.TotalUncompressedSize is not null;
        WriteLine(output, "Snapshots", statistics.SnapshotsCount);
        WriteLine(output, "Files", statistics.TotalFileCount);
        WriteLine(output, isRaw ? "Stored" : statistics.TotalStoredSize is null && statistics.TotalBlobCount is not null ? "Size" : "Restore size", ByteSize.Format(statistics.TotalSize));
        WriteLine(output, "Uncompressed", statistics.TotalUncompressedSize is { } plain ? ByteSize.Format(plain) : null);
        WriteLine(output, "Compression", statistics.CompressionRatio is { } ratio ? FormattableString.Invariant($"{ratio:0.00}x, {statistics.CompressionSpaceSaving:0.0}% saved") : null);
        WriteLine(output, "Packs", statistics.TotalPackCount);
        WriteLine(output, "Blobs", statistics.TotalBlobCount);
        WriteLine(output, "Stored", statistics.TotalStoredSize is { } stored ? ByteSize.Format(stored) : null);
        WriteLine(output, "Dedup ratio", statistics.TotalStoredSize is > 0 and { } all ? FormattableString.Invariant($"{(double)statistics.TotalSize / all:0.00}x") : null);
    }

    /// <summary>Writes a line, unless there is nothing to say.</summary>
    public static void WriteLine(TextWriter output, string name, object? value)
    {
        if (value is not null)
        {
            output.WriteLine(FormattableString.Invariant($"{name + ":",-14}{value}"));
        }
    }
}
