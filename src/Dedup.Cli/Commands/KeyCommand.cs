using System.CommandLine;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key</c>: the passwords that open a repository.</summary>
internal sealed class KeyCommand : Command
{
    public KeyCommand()
        : base("key", "List, add, remove and change the passwords that open the repository.")
    {
        Subcommands.Add(new KeyListCommand());
        Subcommands.Add(new KeyAddCommand());
        Subcommands.Add(new KeyRemoveCommand());
        Subcommands.Add(new KeyPasswdCommand());
    }

    public static Option<string?> NewPasswordFile() => new("--new-password-file")
    {
        Description = "Read the new password from this file [default: ask for it]",
        HelpName = "FILE",
    };
}
