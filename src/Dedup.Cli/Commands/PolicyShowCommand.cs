using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Describing;
using Dedup.Policy.Documents;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup policy show</c>: says in words what a policy does, and when.</summary>
internal sealed class PolicyShowCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();

    public PolicyShowCommand()
        : base("show", "Say in words what a policy does, and when each source is backed up next.", "dedup policy show", "dedup policy show --json /etc/dedup/dedup.yaml") =>
        Arguments.Add(_file);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BackupPolicy policy = PolicyFileArgument.Require(context, PolicyFileArgument.PathOf(context.Arguments.GetValue(_file)));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, PolicyDocument.From(policy, now), CliJsonContext.Default.PolicyDocument);
        }
        else
        {
            foreach (string line in PolicyDescription.Lines(policy, now))
            {
                context.Results.Write(TerminalText.Escape(line) + "\n");
            }
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
