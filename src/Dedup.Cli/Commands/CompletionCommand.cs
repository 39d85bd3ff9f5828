using System.CommandLine;
using Dedup.Cli.Documentation;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup completion</c>: prints a script that makes a shell complete commands, options and their values.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private static readonly (string Name, Func<Command, string> Write)[] Shells =
        [("bash", BashCompletion.Write), ("zsh", ZshCompletion.Write), ("fish", FishCompletion.Write)];

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish", HelpName = "SHELL" };

    public CompletionCommand()
        : base(
            "completion",
            "Print a script with which a shell completes commands, options and their values.",
            "dedup completion bash > /usr/share/bash-completion/completions/dedup",
            "dedup completion zsh > /usr/share/zsh/vendor-completions/_dedup",
            "dedup completion fish > /usr/share/fish/vendor_completions.d/dedup.fish",
            "source <(dedup completion bash)")
    {
        _shell.CompletionSources.Add(Shells.Select(static shell => shell.Name).ToArray());
        Arguments.Add(_shell);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string name = context.Arguments.GetValue(_shell)!;
        Func<Command, string> write = Array.Find(Shells, shell => shell.Name == name).Write
            ?? throw CliException.Usage($"'{name}' is no shell that this program knows: name one of {string.Join(", ", Shells.Select(static shell => shell.Name))}");
        context.Results.Write(write(context.Arguments.RootCommandResult.Command));
        return Task.FromResult(ExitCodes.Done);
    }
}
