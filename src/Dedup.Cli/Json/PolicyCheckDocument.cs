using Dedup.Policy.Reading;

namespace Dedup.Cli.Json;

/// <summary>What is wrong with a policy.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="IsValid">Whether it can be carried out.</param>
/// <param name="Mistakes">What is wrong, by line and column.</param>
internal sealed record PolicyCheckDocument(string Path, bool IsValid, IReadOnlyList<PolicyMistakeDetail> Mistakes)
{
    public static PolicyCheckDocument From(string path, PolicyReading reading) =>
        new(path, reading.Policy is not null, [.. reading.Mistakes.Select(PolicyMistakeDetail.From)]);
}
