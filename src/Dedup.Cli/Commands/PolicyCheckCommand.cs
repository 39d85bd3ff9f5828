using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Reading;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup policy check</c>: tells every mistake of a policy at once.</summary>
internal sealed class PolicyCheckCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();

    public PolicyCheckCommand()
        : base("check", "Tell everything that is wrong with a policy, with line and column. Nothing is run, opened or asked.", "dedup policy check", "dedup policy check --json /etc/dedup/dedup.yaml") =>
        Arguments.Add(_file);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = PolicyFileArgument.PathOf(context.Arguments.GetValue(_file));
        PolicyReading reading = PolicyFileArgument.Read(path);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, PolicyCheckDocument.From(path, reading), CliJsonContext.Default.PolicyCheckDocument);
        }
        else
        {
            Write(context, path, reading);
        }

        return Task.FromResult(reading.Policy is null ? ExitCodes.Failed : ExitCodes.Done);
    }

    private static void Write(CommandContext context, string path, PolicyReading reading)
    {
        foreach (PolicyMistake mistake in reading.Mistakes)
        {
            context.Results.Write(TerminalText.Escape($"{path}:{mistake}") + "\n");
        }

        if (context.IsChatty)
        {
            int mistakes = reading.Mistakes.Count(static mistake => mistake.Severity == MistakeSeverity.Mistake), warnings = reading.Mistakes.Count - mistakes;
            context.Results.Write(TerminalText.Escape(reading.Policy is { } policy
                ? $"{path}: no mistakes, {warnings} warnings; {policy.Sources.Count} sources, {policy.Repositories.Count} repositories"
                : $"{path}: {mistakes} mistakes, {warnings} warnings") + "\n");
        }
    }
}
