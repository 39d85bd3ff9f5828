namespace Dedup.Cli.Commands;

/// <summary><c>dedup key</c>: the passwords that open a repository.</summary>
internal sealed class KeyCommand : CommandGroup
{
    public KeyCommand()
        : base(
            "key",
            "List, add, remove, change and test the passwords, key files and recovery codes that open the repository.",
            "dedup key list",
            "dedup key add --recovery")
    {
        Subcommands.Add(new KeyListCommand());
        Subcommands.Add(new KeyAddCommand());
        Subcommands.Add(new KeyRemoveCommand());
        Subcommands.Add(new KeyPasswdCommand());
        Subcommands.Add(new KeyTestCommand());
    }
}
