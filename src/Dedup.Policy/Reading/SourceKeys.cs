namespace Dedup.Policy.Reading;

/// <summary>The keys of sources.</summary>
internal static class SourceKeys
{
    public static PolicyKey Repository { get; } = new("repository", ValueKind.Name, "The name of the repository.") { Default = "the only one", Example = "main" };

    public static PolicyKey Paths { get; } = Content("paths", "Files and directories.", "/srv/documents", ContentKeys.Paths);

    public static PolicyKey Command { get; } = Content("command", "What a command prints.", "[/usr/local/bin/export-cases]", ContentKeys.Command);

    public static PolicyKey Sqlite { get; } = Content("sqlite", "A SQLite database.", "/var/lib/app/app.db", ContentKeys.Sqlite);

    public static PolicyKey PostgreSql { get; } = Content("postgresql", "A PostgreSQL database, or a whole server.", "{database: cases}", ContentKeys.PostgreSql);

    public static PolicyKey Git { get; } = Content("git", "A Git repository.", "/srv/git/configuration.git", ContentKeys.Git);

    public static PolicyKey DiskImage { get; } = Content("disk-image", "A block device.", "/dev/vg0/root-snapshot", ContentKeys.DiskImage);

    public static PolicyKey Tags { get; } = new("tags", ValueKind.Text, "Further tags of its snapshots, besides `source:NAME`.") { Default = "none", Example = "[important]", IsList = true };

    public static PolicyKey Schedule { get; } = new("schedule", ValueKind.Section, "When it is backed up.") { Default = "never: only when asked by name", Example = "daily at 02:00", Section = ScheduleKeys.Schedule };

    public static PolicyKey Retention { get; } = new("retention", ValueKind.Section, "Which of its snapshots stay.") { Default = "everything", Example = "30 daily + 12 monthly", Section = RetentionKeys.Retention };

    public static PolicyKey LargestLoss { get; } = new("rpo", ValueKind.Duration, "How old the last good backup may be.") { Default = "none", Example = "24h" };

    public static PolicyKey LongestRecovery { get; } = new("rto", ValueKind.Duration, "How long a whole restore may take, as measured by drills.") { Default = "none", Example = "4h" };

    public static PolicySection ObjectivesSection { get; } = new("objectives", "What a loss may cost.", [LargestLoss, LongestRecovery]);

    public static PolicyKey Objectives { get; } = new("objectives", ValueKind.Section, "What a loss may cost.") { Default = "none", Example = "{rpo: 24h, rto: 4h}", Section = ObjectivesSection };

    public static PolicyKey DrillSchedule { get; } = new("schedule", ValueKind.Section, "When; it runs after the backups that are due at that time.") { Example = "monthly on 1 at 04:00", Section = ScheduleKeys.Schedule };

    public static PolicyKey Sample { get; } = new("sample", ValueKind.Share, "The share of the files that is restored, picked at random.") { Default = "100%", Example = "10%" };

    public static PolicyKey From { get; } = new("from", ValueKind.Name, "The replica that is restored from.") { Default = "the repository itself", Example = "ireland" };

    public static PolicyKey Scratch { get; } = new("scratch", ValueKind.Path, "The folder that a scratch folder is made in.") { Default = "the machine's temporary folder", Example = "/srv/scratch" };

    public static PolicyKey Checks { get; } = new("checks", ValueKind.Command, "Commands that must succeed on what was restored; its folder is their current one, their last argument, and in DEDUP_DRILL_FOLDER.") { Default = "none", Example = "[test -s srv/documents/index.xml]", IsList = true };

    public static PolicyKey Queries { get; } = new("queries", ValueKind.Text, "Queries that a restored PostgreSQL database must answer, and not with false.") { Default = "none", Example = "[SELECT 1 FROM cases]", IsList = true };

    public static PolicySection DrillSection { get; } = new("drill", "How a restore is proved: the newest snapshot is restored into a scratch place, verified and removed again.", [DrillSchedule, Sample, From, Scratch, Checks, Queries]) { Short = DrillSchedule };

    public static PolicyKey Drill { get; } = new("drill", ValueKind.Section, "How a restore is proved.") { Default = "never", Example = "monthly on 1 at 04:00", Section = DrillSection };

    public static PolicyKey HookRun { get; } = new("run", ValueKind.Command, "The command: a text for /bin/sh, or a list of words.") { Example = "systemctl stop app" };

    public static PolicyKey OnFailure { get; } = new("on-failure", ValueKind.Choice, "What its failure means: `stop` fails the run, and before a backup there is none then; `continue` tells it and goes on.") { Default = "stop", Example = "continue", Choices = ["stop", "continue"] };

    public static PolicyKey TimeLimit { get; } = new("time-limit", ValueKind.Duration, "After how long it is ended and has failed.") { Default = "1h", Example = "10m" };

    public static PolicySection Hook { get; } = new("hook", "A command that runs before or after a backup.", [HookRun, OnFailure, TimeLimit, ContentKeys.Variables]) { Short = HookRun };

    public static PolicyKey Before { get; } = new("before", ValueKind.Section, "What runs before the backup, in order.") { Default = "nothing", Example = "systemctl stop app", IsList = true, Section = Hook };

    public static PolicyKey After { get; } = new("after", ValueKind.Section, "What runs after it, in order, also when it failed.") { Default = "nothing", Example = "systemctl start app", IsList = true, Section = Hook };

    public static PolicySection Hooks { get; } = new("hooks", "What runs before and after a backup.", [Before, After]);

    public static PolicyKey HookSection { get; } = new("hooks", ValueKind.Section, "What runs before and after.") { Default = "nothing", Example = "{before: systemctl stop app, after: systemctl start app}", Section = Hooks };

    /// <summary>The kinds; a source has exactly one of them.</summary>
    public static IReadOnlyList<PolicyKey> Kinds { get; } = [Paths, Command, Sqlite, PostgreSql, Git, DiskImage];

    public static PolicySection Source { get; } = new("source", "Something that is backed up: one snapshot a run. Exactly one of its kinds is given: paths, command, sqlite, postgresql, git or disk-image.", [Repository, .. Kinds, Tags, Schedule, Retention, Objectives, Drill, HookSection]);

    private static PolicyKey Content(string name, string description, string example, PolicySection section) =>
        new(name, ValueKind.Section, description) { Default = "none", Example = example, Section = section };
}
