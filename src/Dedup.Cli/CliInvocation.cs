using System.CommandLine;
using Dedup.Cli.Output;

namespace Dedup.Cli;

/// <summary>What belongs to this run of the program rather than to a command.</summary>
internal sealed class CliInvocation : InvocationConfiguration
{
    public CliInvocation(ParseResult arguments, Interruption interruption)
    {
        // Exceptions and signals are the edge's business, see Application.
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
        Interruption = interruption;
        Verbosity = arguments.GetResult(GlobalOptions.Verbose)?.IdentifierTokenCount ?? 0;
        Errors = new ErrorOutput(arguments.GetResult(GlobalOptions.Json) is { Implicit: false });
    }

    public Interruption Interruption { get; }

    /// <summary>How often <c>-v</c> was given.</summary>
    public int Verbosity { get; }

    public ErrorOutput Errors { get; }
}
