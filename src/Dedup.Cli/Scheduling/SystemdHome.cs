using System.Globalization;
using System.Text;

namespace Dedup.Cli.Scheduling;

/// <summary>systemd: a service that does what is due once, and a timer that starts it.</summary>
/// <param name="isSystem">Whether the system's own, and not the user's.</param>
internal sealed class SystemdHome(bool isSystem) : ScheduleHome
{
    private const string SystemFolder = "/etc/systemd/system";

    // There while systemd runs the machine: https://www.freedesktop.org/software/systemd/man/latest/sd_booted.html.
    private const string RunningFolder = "/run/systemd/system";

    /// <summary>Whether it runs this machine.</summary>
    public static bool IsHere => Directory.Exists(RunningFolder);

    public override string Kind => "systemd";

    private string Folder => isSystem ? SystemFolder : Path.Combine(UserConfiguration, "systemd", "user");

    private string[] Manager => isSystem ? ["systemctl"] : ["systemctl", "--user"];

    private static string UserConfiguration => Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given && Path.IsPathRooted(given)
        ? given
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");

    public override IReadOnlyList<ScheduleFile> Compose(ScheduledRun run) =>
    [
        new(Path.Combine(Folder, run.Title + ".service"), Service(run)),
        new(Path.Combine(Folder, run.Title + ".timer"), Timer(run)),
    ];

    public override IReadOnlyList<ScheduleFile> Read(ScheduledRun run)
    {
        List<ScheduleFile> files = [];
        foreach (string path in Compose(run).Select(static file => file.Path).Where(File.Exists))
        {
            string text = Access(path, () => File.ReadAllText(path));
            if (!text.StartsWith(run.Mark + "\n", StringComparison.Ordinal))
            {
                throw CliException.Failure($"{path}: is there and was not written for this policy; choose another name with --name");
            }

            files.Add(new ScheduleFile(path, text));
        }

        return files;
    }

    public override void Install(ScheduledRun run)
    {
        Access(Folder, () => Directory.CreateDirectory(Folder));
        foreach (ScheduleFile file in Compose(run).Except(Read(run)))
        {
            Access(file.Path, () =>
            {
                File.WriteAllText(file.Path, file.Text);
                return true;
            });
        }

        Require(null, [.. Manager, "daemon-reload"]);
        Require(null, [.. Manager, "enable", "--now", run.Title + ".timer"]);
    }

    public override void Remove(ScheduledRun run)
    {
        Require(null, [.. Manager, "disable", "--now", run.Title + ".timer"]);
        foreach (ScheduleFile file in Read(run))
        {
            Access(file.Path, () =>
            {
                File.Delete(file.Path);
                return true;
            });
        }

        Require(null, [.. Manager, "daemon-reload"]);
    }

    private string Service(ScheduledRun run)
    {
        StringBuilder text = new($"{run.Mark}\n[Unit]\nDescription=Backups by {EscapeSpecifiers(run.Policy)}\n");
        if (isSystem)
        {
            // Users' managers have no such target.
            text.Append("Wants=network-online.target\nAfter=network-online.target\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n[Service]\nType=oneshot\nExecStart={string.Join(' ', run.Command.Select(Quote))}\nNice=10\nIOSchedulingPriority=7\n");
        return text.ToString();
    }

    private static string Timer(ScheduledRun run) => string.Create(CultureInfo.InvariantCulture, $"""
        {run.Mark}
        [Unit]
        Description=Looks every {run.Minutes} min at what is due by {EscapeSpecifiers(run.Policy)}

        [Timer]
        OnCalendar=*:0/{run.Minutes}
        AccuracySec=10s
        Persistent=true

        [Install]
        WantedBy=timers.target

        """);

    // https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
    private static string Quote(string word) =>
        $"\"{EscapeSpecifiers(word).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal)}\"";

    private static string EscapeSpecifiers(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static T Access<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CliException.Failure($"{path}: {exception.Message}; run it as root for the system's own, or with --user for yours", exception);
        }
    }
}
