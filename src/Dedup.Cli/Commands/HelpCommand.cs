using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup help</c>: what <c>--help</c> prints.</summary>
internal sealed class HelpCommand : CliCommand
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command to explain", HelpName = "COMMAND", Arity = ArgumentArity.ZeroOrMore };

    public HelpCommand()
        : base("help", "Explain a command.", "dedup help", "dedup help key add")
    {
        _command.CompletionSources.Add(_ => Parents.OfType<Command>().SelectMany(parent => parent.Subcommands).Select(command => command.Name));
        Arguments.Add(_command);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string[] command = context.Arguments.GetValue(_command)!;
        ParseResult parsed = CommandTree.Create().Parse(command);
        return parsed.UnmatchedTokens.Count > 0 && UsageErrors.Find(parsed) is { } mistake
            ? throw mistake
            : Application.RunAsync([.. command, "--help"]);
    }
}
