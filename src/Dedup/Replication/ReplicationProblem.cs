namespace Dedup.Replication;

/// <summary>Something that keeps a replica from being what its source is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ObjectName">The object, such as <c>packs/3f…</c>; a folder, where it concerns no single object.</param>
/// <param name="Message">One line: what, where, and what to do.</param>
public sealed record ReplicationProblem(ReplicationProblemKind Kind, string ObjectName, string Message);
