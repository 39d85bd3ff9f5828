namespace Dedup.Cli.Commands;

/// <summary>Tags as given: an option each, or several parted by commas.</summary>
internal static class TagList
{
    public static IReadOnlyList<string> Split(string[]? given) =>
        [.. (given ?? []).SelectMany(tags => tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
}
