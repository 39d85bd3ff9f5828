using Dedup.Storage;

namespace Dedup.Cli.Output;

/// <summary>What a command asked of a store, in one line.</summary>
internal static class TrafficReport
{
    /// <summary>Such as <c>s3:bucket: 12 requests (2 writes, 7 reads, 3 listings), 1.20 MiB sent, 340 B fetched</c>.</summary>
    public static string Describe(string location, StoreTraffic traffic)
    {
        IEnumerable<string> parts = Enum.GetValues<StoreRequestKind>()
            .Select(kind => (Kind: kind, Count: traffic.Count(kind)))
            .Where(part => part.Count > 0)
            .Select(part => $"{part.Count} {Word(part.Kind, part.Count)}");
        string kinds = string.Join(", ", parts);
        return $"{location}: {traffic.RequestCount} {(traffic.RequestCount == 1 ? "request" : "requests")}{(kinds.Length > 0 ? $" ({kinds})" : "")}, "
            + $"{ByteSize.Format(traffic.BytesSent)} sent, {ByteSize.Format(traffic.BytesFetched)} fetched";
    }

    private static string Word(StoreRequestKind kind, long count)
    {
        (string one, string many) = kind switch
        {
            StoreRequestKind.Put => ("write", "writes"),
            StoreRequestKind.Read => ("read", "reads"),
            StoreRequestKind.List => ("listing", "listings"),
            StoreRequestKind.Info => ("question", "questions"),
            _ => ("deletion", "deletions"),
        };
        return count == 1 ? one : many;
    }
}
