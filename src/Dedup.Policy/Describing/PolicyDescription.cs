using System.Globalization;
using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Wording;

namespace Dedup.Policy.Describing;

/// <summary>Says in words what a policy does, and when.</summary>
internal static class PolicyDescription
{
    /// <summary>How many of the next runs are told.</summary>
    public const int Upcoming = 3;

    private const string TimeFormat = "ddd yyyy-MM-dd HH:mm";

    /// <summary>The lines; those that belong to the one before are indented.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="now">From when on runs are told.</param>
    public static IEnumerable<string> Lines(BackupPolicy policy, DateTimeOffset now) =>
    [
        policy.Title,
        $"  host {policy.Host}, time zone {policy.Zone.Id}, policy {policy.Digest[..8]}",
        "",
        .. policy.Sources.SelectMany(source => Lines(source, now)),
        .. policy.Repositories.SelectMany(repository => Lines(repository, now)),
        .. policy.Notifications.Count == 0 ? ["nobody is told of failures, but the log"] : policy.Notifications.Select(Say),
    ];

    /// <summary>A moment by the wall clock of a zone.</summary>
    public static string Say(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(SourcePolicy source, DateTimeOffset now)
    {
        yield return $"source {source.Name}: {Say(source.Content)}";
        yield return source.Schedule is { } schedule ? $"  is backed up into {source.Repository} {Say(schedule)}" : $"  is backed up into {source.Repository} only when asked by name";
        if (source.Schedule is not null)
        {
            yield return $"  next: {string.Join(", ", source.Schedule.Upcoming(source.Name, now, Upcoming).Select(time => Say(time, source.Schedule.Zone)))}";
        }

        yield return $"  keeps {source.Retention?.ToString() ?? "everything"}";
        if (source.Tags.Count > 0)
        {
            yield return $"  has the tags {string.Join(", ", source.Tags)}";
        }

        if (source.Objectives is { LargestLoss: { } loss })
        {
            yield return $"  RPO: the last good backup is never older than {DurationWords.Say(loss)}";
        }

        if (source.Objectives is { LongestRecovery: { } recovery })
        {
            yield return $"  RTO: is back within {DurationWords.Say(recovery)}";
        }

        foreach (HookPolicy hook in source.Before)
        {
            yield return $"  before each backup: {hook.Command} ({Say(hook, "no backup is made")})";
        }

        foreach (HookPolicy hook in source.After)
        {
            yield return $"  after each backup: {hook.Command} ({Say(hook, "the run has failed")})";
        }

        if (source.Drill is { } drill)
        {
            yield return $"  a drill restores {(drill.Sample < 1 ? string.Create(CultureInfo.InvariantCulture, $"{drill.Sample:0.##%} of the files, picked at random,") : "everything")}"
                + $" from {(drill.Replica is null ? source.Repository : $"the replica {drill.Replica}")} {Say(drill.Schedule)}, next {SayNext(drill.Schedule, source.Name, now)}";
            foreach (string check in drill.Checks.Select(static check => $"the command {check} must succeed").Concat(drill.Queries.Select(static query => $"the query {query} must find something")))
            {
                yield return $"    {check}";
            }
        }

        yield return "";
    }

    private static IEnumerable<string> Lines(RepositoryPolicy repository, DateTimeOffset now)
    {
        yield return $"repository {repository.Name}: {repository.Place}";
        yield return $"  is opened by {repository.Password}{(repository.Emergency is null ? "" : $", by drills as in an emergency by {repository.Emergency}")}";
        yield return repository.Prune.Schedule is { } pruning ? $"  is pruned {Say(pruning)}, next {SayNext(pruning, repository.Name, now)}" : "  is never pruned";
        yield return repository.Check.Schedule is { } checking
            ? $"  is checked {Say(checking)}, next {SayNext(checking, repository.Name, now)}; {(repository.Check.ReadWithin is { } within ? $"every byte is read again within {DurationWords.Say(within)}" : "its data is not read")}"
            : "  is never checked";
        foreach (ReplicaPolicy replica in repository.Replicas)
        {
            yield return $"  replica {replica.Name}: {replica.Place}";
            yield return $"    is brought up to date after each backup{(replica.Schedule is null ? "" : $", and {Say(replica.Schedule)}")}";
            yield return replica.MayDelete ? "    loses what the repository no longer has" : "    never loses an object";
            if (replica.LargestLag is { } lag)
            {
                yield return $"    may be {DurationWords.Say(lag)} behind";
            }
        }

        yield return "";
    }

    private static string Say(Schedule schedule) =>
        $"{(schedule.Timetable.IsCron ? $"by the cron expression '{schedule.Timetable}'" : schedule.Timetable.Text)} ({schedule.Zone.Id})"
        + (schedule.Jitter > TimeSpan.Zero ? $", put off by up to {DurationWords.Say(schedule.Jitter)}" : "")
        + (schedule.CatchesUp ? "" : ", missed runs are not made up for");

    private static string SayNext(Schedule schedule, string name, DateTimeOffset now) => schedule.Next(name, now) is { } next ? Say(next, schedule.Zone) : "never";

    private static string Say(HookPolicy hook, string consequence) => $"for {DurationWords.Say(hook.TimeLimit)} at most; {(hook.StopsOnFailure ? $"if it fails {consequence}" : "its failure is told only")}";

    private static string Say(SourceContent content) => content switch
    {
        PathContent paths => $"the files in {string.Join(", ", paths.Include)}{SayExclusions(paths)}",
        CommandContent command => $"what the command {command.Command} prints, as {command.FileName}",
        SqliteContent database => $"the SQLite database {database.File}",
        PostgreSqlContent { Method: PostgreSqlMethod.BaseBackup } server => $"the whole PostgreSQL server{SayPlace(server)}",
        PostgreSqlContent server => $"the PostgreSQL database {server.Database}{SayPlace(server)}",
        GitContent git => $"the Git repository {git.Repository}, with all refs and history",
        DiskImageContent image => $"the device {image.Device}, whole",
        _ => content.Kind,
    };

    private static string SayExclusions(PathContent paths)
    {
        string[] parts =
        [
            .. paths.Exclude,
            .. paths.ExcludeIfPresent.Select(static name => $"directories with {name}"),
            .. paths.ExcludeCaches ? ["caches"] : (string[])[],
            .. paths.ExcludeLargerThan is { } length ? [string.Create(CultureInfo.InvariantCulture, $"files beyond {length} bytes")] : (string[])[],
            .. paths.OneFileSystem ? ["other file systems"] : (string[])[],
        ];
        return parts.Length == 0 ? "" : $", without {string.Join(", ", parts)}";
    }

    private static string SayPlace(PostgreSqlContent server) => server.Server is null ? "" : string.Create(CultureInfo.InvariantCulture, $" at {server.Server}{(server.Port is { } port ? $":{port}" : "")}");

    private static string Say(NotificationPolicy notification) =>
        $"of {string.Join(", ", notification.Events.Select(static told => told.ToString().ToLowerInvariant()))}: "
        + notification.Channel switch
        {
            CommandChannel command => $"the command {command.Command} is told",
            MailChannel mail => $"a mail goes to {string.Join(", ", mail.To)}",
            WebhookChannel { Address: { } address } => $"a message goes to {address.Host}",
            _ => "a message goes to a secret address",
        };
}
