using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Cli.Scheduling;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup schedule remove</c>: has a policy no longer carried out.</summary>
internal sealed class ScheduleRemoveCommand : CliCommand
{
    private readonly ScheduleOptions _options = new();

    public ScheduleRemoveCommand()
        : base("remove", "Undo what 'schedule install' did for a policy, and nothing else. A run under way goes on to its end.", "dedup schedule remove /etc/dedup/dedup.yaml") =>
        _options.AddTo(this);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ScheduleHome home = _options.ReadHome(context);
        ScheduledRun run = _options.ReadRun(context);
        IReadOnlyList<ScheduleFile> files = home.Read(run);
        if (files.Count > 0)
        {
            home.Remove(run);
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, ScheduleDocument.From(home, run, isInstalled: false, files), CliJsonContext.Default.ScheduleDocument);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine(
                files.Count == 0
                    ? $"{home.Kind} has nothing of {TerminalText.Escape(run.Policy)}"
                    : $"{home.Kind} no longer runs what is due by {TerminalText.Escape(run.Policy)}; removed {TerminalText.Escape(string.Join(", ", files.Select(static file => file.Path)))}");
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
