using Dedup.Looking;

namespace Dedup.Cli.Json;

/// <summary>What a directory of a snapshot costs, all below it included.</summary>
internal sealed record DirectoryCostDetail(string Path, long Size, long FileCount, long UniqueSize, long Growth)
{
    public static DirectoryCostDetail From(DirectoryCost directory) =>
        new(directory.Path, directory.Totals.Bytes, directory.Totals.Files, directory.UniqueBytes, directory.GrowthBytes);
}
