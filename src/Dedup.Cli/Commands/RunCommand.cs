using System.CommandLine;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Documents;
using Dedup.Policy.Running;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup run</c>: does everything that a policy says is due, once.</summary>
internal sealed class RunCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();
    private readonly Option<string[]> _sources = new("--source") { Description = "Run this source though it is not due; may be repeated", HelpName = "NAME" };

    public RunCommand()
        : base(
            "run",
            "Do everything that a policy says is due, once: backups, then forgetting, replicas, pruning and checks. What was cut off is gone on with; what failed does not stop the rest.",
            "dedup run",
            "dedup run --source documents /etc/dedup/dedup.yaml")
    {
        Arguments.Add(_file);
        Options.Add(_sources);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BackupPolicy policy = PolicyFileArgument.Require(context, PolicyFileArgument.PathOf(context.Arguments.GetValue(_file)));
        string[] sources = context.Arguments.GetValue(_sources) ?? [];
        if (sources.FirstOrDefault(name => policy.Sources.All(source => source.Name != name)) is { } unknown)
        {
            throw CliException.Usage($"--source {unknown}: the policy has no such source; name one of {string.Join(", ", policy.Sources.Select(static source => source.Name))}");
        }

        using HttpClient client = new();
        PolicyRunner runner = new(policy, StateFolder.Of(policy), PolicyServices.Of(context, policy, client, step => Write(context, step)));
        RunReport report = await runner.RunDueAsync(sources, cancellationToken);
        WriteMissed(context, report);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, RunSummaryMessage.From(report), CliJsonContext.Default.RunSummaryMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.Write($"{report.Steps.Count} steps, {report.Steps.Count(static step => step.Outcome == StepOutcome.Failed)} failed\n");
        }

        return report.IsClean ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Tells of a step as it ends: what failed on standard error.</summary>
    public static void Write(CommandContext context, RunStep step)
    {
        string text = $"{step.Kind.ToString().ToLowerInvariant()} {step.Subject}: {step.Message}";
        if (step.Outcome != StepOutcome.Done)
        {
            context.Errors.WriteLog(step.Outcome == StepOutcome.Failed ? "error" : "warning", text);
        }

        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, RunStepMessage.From(step), CliJsonContext.Default.RunStepMessage);
        }
        else if (context.IsChatty && step.Outcome == StepOutcome.Done)
        {
            context.Results.Write(TerminalText.Escape(text) + "\n");
            context.Results.Flush();
        }
    }

    /// <summary>Tells of runs that were missed.</summary>
    public static void WriteMissed(CommandContext context, RunReport report)
    {
        foreach ((string source, int count) in report.Missed)
        {
            context.Errors.WriteLog("warning", $"source {source}: {count} runs were missed");
        }
    }
}
