namespace Dedup.Cli.Commands;

/// <summary><c>dedup policy</c>: the file that says what is backed up when.</summary>
internal sealed class PolicyCommand : CommandGroup
{
    public PolicyCommand()
        : base(
            "policy",
            "Check and explain a policy: the file that says what is backed up when, how long it is kept and how restores are proved.",
            "dedup policy check",
            "dedup policy show /etc/dedup/dedup.yaml")
    {
        Subcommands.Add(new PolicyCheckCommand());
        Subcommands.Add(new PolicyShowCommand());
    }
}
