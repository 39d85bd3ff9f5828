using System.CommandLine;
using Dedup.Cli.Scheduling;

namespace Dedup.Cli.Commands;

/// <summary>What the commands of <c>dedup schedule</c> have in common: which policy, and what starts it.</summary>
internal sealed class ScheduleOptions
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();
    private readonly Option<bool> _cron = new("--cron") { Description = "An entry in your crontab [default: systemd where it runs the machine, else cron]" };
    private readonly Option<bool> _systemd = new("--systemd") { Description = "A timer of systemd" };
    private readonly Option<bool> _user = new("--user") { Description = "A timer of your own [default: the system's for root, else your own]" };
    private readonly Option<bool> _system = new("--system") { Description = "A timer of the system" };
    private readonly Option<string?> _name = new("--name") { Description = "What tells it from those of other policies [default: the name of the file]", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        foreach (Option option in (Option[])[_cron, _systemd, _user, _system, _name])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The policy as it was named.</summary>
    public string PathOf(CommandContext context) => PolicyFileArgument.PathOf(context.Arguments.GetValue(_file));

    public ScheduledRun ReadRun(CommandContext context)
    {
        string path = Path.GetFullPath(PathOf(context)), name = context.Arguments.GetValue(_name) ?? ScheduledRun.NameOf(path);
        if (path.Any(char.IsControl))
        {
            throw CliException.Usage($"{path}: no entry of a schedule can hold this name; choose another for the file");
        }

        return name.Length > 0 && ScheduledRun.NameOf(name + ".") == name
            ? new ScheduledRun(path, name)
            : throw CliException.Usage($"--name {name}: use letters from a to z, digits, '.', '_' and '-'");
    }

    public ScheduleHome ReadHome(CommandContext context)
    {
        bool isCron = context.Arguments.GetValue(_cron), isSystemd = context.Arguments.GetValue(_systemd);
        bool isUser = context.Arguments.GetValue(_user), isSystem = context.Arguments.GetValue(_system);
        if ((isCron && isSystemd) || (isUser && isSystem))
        {
            throw CliException.Usage(isCron && isSystemd ? "--cron and --systemd exclude each other: give one of them" : "--user and --system exclude each other: give one of them");
        }

        if (isCron && (isUser || isSystem))
        {
            throw CliException.Usage("--user and --system are for systemd: a cron entry is always in the crontab of who asks");
        }

        return isSystemd || isUser || isSystem || (!isCron && SystemdHome.IsHere)
            ? new SystemdHome(isSystem || (!isUser && Environment.IsPrivilegedProcess))
            : new CronHome();
    }
}
