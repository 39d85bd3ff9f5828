using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Cli.Scheduling;
using Dedup.Policy.Documents;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup schedule install</c>: has a policy carried out from now on.</summary>
internal sealed class ScheduleInstallCommand : CliCommand
{
    private readonly ScheduleOptions _options = new();
    private readonly Option<bool> _print = new("--print") { Description = "Only print what would be written" };

    public ScheduleInstallCommand()
        : base(
            "install",
            "Have 'dedup run' started every few minutes, by a timer of systemd or an entry of cron. Doing it again changes nothing.",
            "dedup schedule install /etc/dedup/dedup.yaml",
            "dedup schedule install --print --system dedup.yaml")
    {
        _options.AddTo(this);
        Options.Add(_print);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ScheduleHome home = _options.ReadHome(context);
        ScheduledRun named = _options.ReadRun(context);
        BackupPolicy policy = PolicyFileArgument.Require(context, _options.PathOf(context));
        ScheduledRun run = named with { Minutes = ScheduledRun.MinutesOf(policy, TimeProvider.System.GetUtcNow()) };
        IReadOnlyList<ScheduleFile> wanted = home.Compose(run);
        if (context.Arguments.GetValue(_print))
        {
            ScheduleShowCommand.Write(context, ScheduleDocument.From(home, run, isInstalled: false, wanted));
            return Task.FromResult(ExitCodes.Done);
        }

        bool isThere = wanted.SequenceEqual(home.Read(run));
        home.Install(run);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, ScheduleDocument.From(home, run, isInstalled: true, wanted), CliJsonContext.Default.ScheduleDocument);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                $"{home.Kind} {(isThere ? "runs" : "now runs")} what is due by {TerminalText.Escape(run.Policy)}, looked at every {run.Minutes} min: {TerminalText.Escape(string.Join(", ", wanted.Select(static file => file.Path)))}");
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
