using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Cli.Scheduling;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup schedule show</c>: tells what has a policy carried out.</summary>
internal sealed class ScheduleShowCommand : CliCommand
{
    private readonly ScheduleOptions _options = new();

    public ScheduleShowCommand()
        : base("show", "Print what 'schedule install' wrote for a policy. Exit code 1 when there is nothing.", "dedup schedule show /etc/dedup/dedup.yaml") =>
        _options.AddTo(this);

    /// <summary>Prints the files, each below its name.</summary>
    public static void Write(CommandContext context, ScheduleDocument document)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, document, CliJsonContext.Default.ScheduleDocument);
            return;
        }

        foreach (ScheduleFileDetail file in document.Files)
        {
            context.Results.Write($"# {TerminalText.Escape(file.Path)}\n");
            foreach (string line in file.Text.TrimEnd('\n').Split('\n'))
            {
                context.Results.Write(TerminalText.Escape(line) + "\n");
            }
        }
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ScheduleHome home = _options.ReadHome(context);
        ScheduledRun run = _options.ReadRun(context);
        IReadOnlyList<ScheduleFile> files = home.Read(run);
        if (files.Count == 0 && !context.IsJson)
        {
            throw CliException.Failure($"{home.Kind} has nothing of {run.Policy}: 'dedup schedule install' lets it run what is due");
        }

        Write(context, ScheduleDocument.From(home, run, files.Count > 0, files));
        return Task.FromResult(files.Count > 0 ? ExitCodes.Done : ExitCodes.Failed);
    }
}
