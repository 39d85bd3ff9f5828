namespace Dedup.Policy.Running;

/// <summary>Something that needs a look.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Subject">The source, the repository, or the replica as REPOSITORY/REPLICA.</param>
/// <param name="Message">What is wrong, as the end of a sentence.</param>
public sealed record StatusProblem(StatusProblemKind Kind, string Subject, string Message);
