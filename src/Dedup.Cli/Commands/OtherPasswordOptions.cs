using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>The options that say where the password of a second repository comes from.</summary>
/// <param name="prefix">What names that repository in options and in the environment, such as <c>to</c>.</param>
internal sealed class OtherPasswordOptions(string prefix)
{
    private readonly Option<string?> _file = new($"--{prefix}-password-file")
    {
        Description = $"Read the password of that repository from this file [env DEDUP_{prefix.ToUpperInvariant()}_PASSWORD_FILE]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _command = new($"--{prefix}-password-command")
    {
        Description = $"Run this with /bin/sh and take what it prints as the password of that repository [env DEDUP_{prefix.ToUpperInvariant()}_PASSWORD_COMMAND]",
        HelpName = "COMMAND",
    };

    private readonly Option<string?> _keyFile = new($"--{prefix}-key-file")
    {
        Description = $"Open that repository with this file, whose bytes are the key [env DEDUP_{prefix.ToUpperInvariant()}_KEY_FILE]",
        HelpName = "FILE",
    };

    public bool IsGiven(ParseResult arguments) => Read(arguments).IsGiven;

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_command);
        command.Options.Add(_keyFile);
    }

    /// <exception cref="CliException">More than one is given.</exception>
    public GlobalSettings Settings(CommandContext context) => context.Settings.ForOther(prefix, Read(context.Arguments));

    private PasswordOrigin Read(ParseResult arguments) => new(arguments.GetValue(_file), arguments.GetValue(_command), arguments.GetValue(_keyFile));
}
