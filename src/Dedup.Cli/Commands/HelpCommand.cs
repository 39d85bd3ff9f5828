using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup help</c>: what <c>--help</c> prints.</summary>
internal sealed class HelpCommand : CliCommand
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "The command to explain", Arity = ArgumentArity.ZeroOrMore };

    public HelpCommand()
        : base("help", "Explain a command.", "dedup help", "dedup help key add") => Arguments.Add(_command);

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) =>
        Application.RunAsync([.. context.Arguments.GetValue(_command)!, "--help"]);
}
