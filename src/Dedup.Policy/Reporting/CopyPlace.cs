namespace Dedup.Policy.Reporting;

/// <summary>A place where backups lie.</summary>
/// <param name="Name">What the policy calls it; its location where it does not.</param>
/// <param name="Location">Where it is.</param>
/// <param name="IsReplica">Whether it is a copy.</param>
/// <param name="Runs">How often something was brought there in the period.</param>
/// <param name="Failures">How often that failed or left problems.</param>
/// <param name="Last">When it last went well, until the end of the period; <see langword="null"/> for never.</param>
/// <param name="SnapshotsBehind">How many snapshots it lacked after the last run; <see langword="null"/> when that is not known.</param>
/// <param name="BytesCopied">Bytes brought there in the period.</param>
public sealed record CopyPlace(
    string Name, string Location, bool IsReplica, int Runs, int Failures, DateTimeOffset? Last, long? SnapshotsBehind, long BytesCopied);
