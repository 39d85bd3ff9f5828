namespace Dedup.Policy.Documents;

/// <summary>A command that runs before or after a backup.</summary>
/// <param name="Command">The command.</param>
/// <param name="StopsOnFailure">Whether its failure is one of the run: before a backup there is none then. Otherwise it is told and no more.</param>
/// <param name="TimeLimit">After how long it is ended and has failed.</param>
public sealed record HookPolicy(CommandWords Command, bool StopsOnFailure, TimeSpan TimeLimit)
{
    /// <summary>Variables of the environment that it gets although they hold secrets.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];
}
