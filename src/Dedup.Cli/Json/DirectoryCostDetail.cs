using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>What a directory of a snapshot costs, all below it included.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Size">What restoring it would write.</param>
/// <param name="FileCount">How many files that is.</param>
/// <param name="UniqueSize">The stored lengths of blobs that no other snapshot needs.</param>
/// <param name="Growth">By how much that is more than in the snapshot before.</param>
internal sealed record DirectoryCostDetail(string Path, long Size, long FileCount, long UniqueSize, long Growth)
{
    public static DirectoryCostDetail From(DirectoryCost directory) =>
        new(directory.Path, directory.Totals.Bytes, directory.Totals.Files, directory.UniqueBytes, directory.GrowthBytes);
}
