using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>A command that does something, with examples for its help.</summary>
internal abstract class CliCommand : Command
{
    protected CliCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(async (arguments, cancellationToken) =>
        {
            using CommandContext context = new(arguments);
            try
            {
                return await RunAsync(context, cancellationToken);
            }
            finally
            {
                context.ReportTraffic();
            }
        });
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does the work.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken);
}
