namespace Dedup.Cli.Commands;

/// <summary><c>dedup schedule</c>: lets the machine carry out a policy again and again.</summary>
internal sealed class ScheduleCommand : CommandGroup
{
    public ScheduleCommand()
        : base(
            "schedule",
            "Let systemd or cron run what a policy says is due.",
            "dedup schedule install /etc/dedup/dedup.yaml",
            "dedup schedule show")
    {
        Subcommands.Add(new ScheduleInstallCommand());
        Subcommands.Add(new ScheduleRemoveCommand());
        Subcommands.Add(new ScheduleShowCommand());
    }
}
