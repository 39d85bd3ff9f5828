using Dedup.Policy.Scheduling;

namespace Dedup.Policy.Documents;

/// <summary>How a repository is checked: its structure each time, and as many bytes that every one is read again within a time.</summary>
/// <param name="Schedule">When; <see langword="null"/> for never.</param>
/// <param name="ReadWithin">Within how long every byte is read again; <see langword="null"/> where data is not read.</param>
public sealed record CheckPolicy(Schedule? Schedule, TimeSpan? ReadWithin);
