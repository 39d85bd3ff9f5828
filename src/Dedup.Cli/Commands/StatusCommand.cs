using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Describing;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup status</c>: tells how what a policy is about stands.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();
    private readonly Option<bool> _prometheus = new("--prometheus") { Description = "Print figures in the text format that Prometheus reads" };

    public StatusCommand()
        : base(
            "status",
            "Tell how what a policy is about stands: last good backups and their age, replicas, checks, next runs. No repository is opened. Exit code 1 when something needs a look.",
            "dedup status",
            "dedup status --prometheus /etc/dedup/dedup.yaml > /var/lib/node_exporter/dedup.prom")
    {
        Arguments.Add(_file);
        Options.Add(_prometheus);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        bool isPrometheus = context.Arguments.GetValue(_prometheus);
        if (isPrometheus && context.IsJson)
        {
            throw CliException.Usage("--prometheus and --json exclude each other: give one of them");
        }

        BackupPolicy policy = PolicyFileArgument.Require(context, PolicyFileArgument.PathOf(context.Arguments.GetValue(_file)));
        PolicyStatus status = PolicyStatus.Read(policy, StateFolder.Of(policy), TimeProvider.System.GetUtcNow());
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, StatusDocument.From(status), CliJsonContext.Default.StatusDocument);
        }
        else if (isPrometheus)
        {
            context.Results.Write(PrometheusText.Write(status));
        }
        else
        {
            foreach (string line in StatusDescription.Lines(status, policy.Zone))
            {
                context.Results.Write(TerminalText.Escape(line) + "\n");
            }
        }

        // Nagios and the like go by the code; what is wrong stands in what was printed.
        return Task.FromResult(status.IsWell ? ExitCodes.Done : ExitCodes.Failed);
    }
}
