using Dedup.Policy.Documents;
using Dedup.Policy.Running;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup agent</c>: stays, and does what a policy says when it says.</summary>
internal sealed class AgentCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();

    public AgentCommand()
        : base(
            "agent",
            "Stay, and do what a policy says when it says. SIGTERM ends it in order: what was cut off is gone on with at the next start.",
            "dedup agent /etc/dedup/dedup.yaml") =>
        Arguments.Add(_file);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BackupPolicy policy = PolicyFileArgument.Require(context, PolicyFileArgument.PathOf(context.Arguments.GetValue(_file)));
        using HttpClient client = new();
        PolicyRunner runner = new(policy, StateFolder.Of(policy), PolicyServices.Of(context, client, step => RunCommand.Write(context, step)));
        try
        {
            await new PolicyAgent(runner, TimeProvider.System).RunAsync(report => RunCommand.WriteMissed(context, report), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A signal is how it is meant to end.
        }

        return ExitCodes.Done;
    }
}
