namespace Dedup.Policy.Reading;

/// <summary>The keys of a policy: the file as a whole, and what several sections share.</summary>
internal static class PolicyKeys
{
    public static PolicyKey Title { get; } = new("title", ValueKind.Text, "What the policy is called, in reports.") { Default = "Backup policy", Example = "Backups of the case system" };

    public static PolicyKey Host { get; } = new("host", ValueKind.Text, "The machine's name in snapshots.") { Default = "this machine's name", Example = "app1" };

    public static PolicyKey Zone { get; } = new("zone", ValueKind.Zone, "The time zone of all schedules that name none, and of the snapshots' days.") { Default = "local", Example = "Europe/Amsterdam" };

    public static PolicyKey State { get; } = new("state", ValueKind.Path, "The folder in which the runner remembers what ran when.") { Default = "$XDG_STATE_HOME/dedup, or ~/.local/state/dedup", Example = "/var/lib/dedup" };

    public static PolicyKey Listen { get; } = new("listen", ValueKind.Loopback, "Where `dedup agent` tells monitoring how all stands: `/health` and `/metrics`, for this machine only.") { Default = "nowhere", Example = "127.0.0.1:9480" };

    public static PolicyKey Repositories { get; } = new("repositories", ValueKind.NamedSections, "The repositories, by names of your own.") { Example = "{main: {place: /srv/backup, password: {file: /etc/dedup/password}}}", Section = RepositoryKeys.Repository };

    public static PolicyKey Sources { get; } = new("sources", ValueKind.NamedSections, "What is backed up, by names of your own.") { Example = "{documents: {paths: /srv/documents, schedule: daily at 02:00}}", Section = SourceKeys.Source };

    public static PolicyKey Notifications { get; } = new("notifications", ValueKind.Section, "Who is told of what.") { Default = "nobody; errors go to the log", Example = "{mail: {to: beheer@example.org}}", IsList = true, Section = NotificationKeys.Notification };

    public static PolicySection Root { get; } = new("policy", "The file as a whole.", [Title, Host, Zone, State, Listen, Repositories, Sources, Notifications]);
}
