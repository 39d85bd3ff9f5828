namespace Dedup.Maintenance;

/// <summary>Something that a check found wrong.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="ObjectName">The object it concerns, as the store names it.</param>
/// <param name="Message">One line: what is wrong, and where in the object.</param>
public sealed record CheckFinding(FindingKind Kind, string ObjectName, string Message);
