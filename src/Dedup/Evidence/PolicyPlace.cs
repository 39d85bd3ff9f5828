namespace Dedup.Evidence;

/// <summary>A place where a policy keeps backups.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Location">Where it is, as the records of replications and checks name it.</param>
/// <param name="IsReplica">Whether it is a copy of the repository.</param>
public sealed record PolicyPlace(string Name, string Location, bool IsReplica);
