using System.Diagnostics.CodeAnalysis;

namespace Dedup.Retention;

/// <summary>Policies that many organisations prescribe, by names for the command line.</summary>
public static class RetentionPresets
{
    private static readonly Dictionary<string, RetentionPolicy> ByName = new(StringComparer.Ordinal)
    {
        ["30d-12m"] = new RetentionPolicy { Daily = 30, Monthly = 12 },
        ["14d-8w-6m-1y"] = new RetentionPolicy { Daily = 14, Weekly = 8, Monthly = 6, Yearly = 1 },
    };

    /// <summary>30 daily and 12 monthly snapshots: <c>30d-12m</c>.</summary>
    public static RetentionPolicy Daily30Monthly12 => ByName["30d-12m"];

    /// <summary>14 daily, 8 weekly, 6 monthly snapshots and 1 yearly: <c>14d-8w-6m-1y</c>.</summary>
    public static RetentionPolicy Daily14Weekly8Monthly6Yearly1 => ByName["14d-8w-6m-1y"];

    /// <summary>The names, as <see cref="TryGet"/> knows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal).Reverse()];

    /// <summary>Finds a policy by its name.</summary>
    /// <returns>Whether there is one of exactly this name.</returns>
    public static bool TryGet(string? name, [NotNullWhen(true)] out RetentionPolicy? policy)
    {
        policy = null;
        return name is not null && ByName.TryGetValue(name, out policy);
    }
}
