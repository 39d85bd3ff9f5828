using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary>The options that say what a repository is to be opened with from now on.</summary>
internal sealed class NewCredentialsOptions
{
    private readonly Option<string?> _passwordFile = new("--new-password-file")
    {
        Description = "Read the new password from this file [default: ask for it]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _keyFile = new("--new-key-file")
    {
        Description = "Take this file, whose bytes are the key, instead of a password; made of random bytes when it is missing",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_passwordFile);
        command.Options.Add(_keyFile);
    }

    /// <summary>The options given, by name.</summary>
    public IEnumerable<string> Given(ParseResult arguments) =>
        ((Option<string?>[])[_passwordFile, _keyFile]).Where(option => arguments.GetValue(option) is not null).Select(option => option.Name);

    /// <exception cref="CliException">Both are given.</exception>
    public void Validate(ParseResult arguments)
    {
        if (Given(arguments).Count() > 1)
        {
            throw CliException.Usage($"{string.Join(" and ", Given(arguments))} exclude each other: give one of them");
        }
    }

    /// <summary>Reads or makes what opens the repository, or asks for it.</summary>
    public Credentials Read(CommandContext context) => context.Arguments.GetValue(_keyFile) is { } path
        ? Path.Exists(path) ? KeyFile.Read(path) : Create(path, context)
        : new PasswordSource(context.Settings, context.Invocation).ReadAnother(context.Arguments.GetValue(_passwordFile));

    private static Credentials Create(string path, CommandContext context)
    {
        Credentials made = KeyFile.Create(path);
        if (context.IsChatty)
        {
            context.Results.WriteLine($"made key file {Output.TerminalText.Escape(Path.GetFullPath(path))}: keep a copy where the backups are not");
        }

        return made;
    }
}
