using Dedup.Policy.Reading;

namespace Dedup.Policy.Tests.Documentation;

/// <summary>All sections of the reader's table.</summary>
internal static class PolicySections
{
    /// <summary>The file as a whole first, then each where it is first needed.</summary>
    public static IReadOnlyList<PolicySection> All { get; } = [.. Below(PolicyKeys.Root).Distinct()];

    private static IEnumerable<PolicySection> Below(PolicySection section) =>
        section.Keys.Select(static key => key.Section).OfType<PolicySection>().SelectMany(Below).Prepend(section);
}
