using Dedup.Cli.Output;
using Dedup.Policy.Running;

namespace Dedup.Cli.Json;

/// <summary>Something that needs a look.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Subject">The source, the repository, or the replica as REPOSITORY/REPLICA.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record StatusProblemDetail(string Kind, string Subject, string Message)
{
    public static StatusProblemDetail From(StatusProblem problem) => new(KindText.Of(problem.Kind), problem.Subject, problem.Message);
}
