using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>A policy and since when it was in force.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Name">Its name.</param>
/// <param name="Actor">Who brought it into force.</param>
/// <param name="Details">What it says.</param>
public sealed record PolicyInForce(DateTimeOffset Since, string Name, string Actor, PolicyDetails Details);
