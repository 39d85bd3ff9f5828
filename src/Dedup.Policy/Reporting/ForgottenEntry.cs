namespace Dedup.Policy.Reporting;

/// <summary>A snapshot that was forgotten.</summary>
/// <param name="Time">When.</param>
/// <param name="Snapshot">Its id.</param>
/// <param name="SnapshotTime">Of when it was; <see langword="null"/> where that could not be read any more.</param>
/// <param name="Host">The machine that it was of.</param>
/// <param name="Actor">Who forgot it.</param>
/// <param name="Reason">Why.</param>
public sealed record ForgottenEntry(DateTimeOffset Time, string Snapshot, DateTimeOffset? SnapshotTime, string Host, string Actor, string Reason);
