using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;
using Dedup.Policy.Wording;

namespace Dedup.Policy.Reading;

/// <summary>Finds parts of a policy that contradict each other.</summary>
internal static class Coherence
{
    /// <summary>Where looking at timetables begins: the outcome must not hang on the day, nor on the clock.</summary>
    public static DateTimeOffset Reference { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Check(BackupPolicy policy, ReadingContext context)
    {
        CheckPlaces(policy, context);
        foreach (SourcePolicy source in policy.Sources)
        {
            CheckReferences(policy, source, context);
            CheckObjectives(source, context);
            CheckDrill(source, context);
        }

        SourcePlaces.Check(policy, context);
    }

    private static void CheckPlaces(BackupPolicy policy, ReadingContext context)
    {
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        foreach ((string place, string name) in policy.Repositories
            .Select(static repository => (repository.Place, $"the repository '{repository.Name}'"))
            .Concat(policy.Repositories.SelectMany(static repository => repository.Replicas.Select(replica => (replica.Place, $"the replica '{replica.Name}' of '{repository.Name}'")))))
        {
            string whole = place.TrimEnd('/');
            if (place.Length > 0 && !seen.TryAdd(whole, name))
            {
                context.AddAt(place, $"'{place}' is the place of {seen[whole]} too", "give each a place of its own");
            }
        }

        // Where a source names none that is there, the mistake is that.
        string[] used = [.. policy.Sources.Select(static source => source.Repository)];
        bool isKnown = used.Length > 0 && used.All(name => policy.Repositories.Any(repository => repository.Name == name));
        foreach (RepositoryPolicy unused in policy.Repositories.Where(repository => isKnown && !used.Contains(repository.Name)))
        {
            context.AddAt(unused, $"no source is stored in the repository '{unused.Name}'", "name it in a source, or leave it out", MistakeSeverity.Warning);
        }
    }

    private static void CheckReferences(BackupPolicy policy, SourcePolicy source, ReadingContext context)
    {
        string[] known = [.. policy.Repositories.Select(static repository => repository.Name)];
        RepositoryPolicy? repository = policy.Repositories.FirstOrDefault(candidate => candidate.Name == source.Repository);
        if (repository is null && source.Repository.Length > 0)
        {
            context.AddAt(source.Repository, $"there is no repository '{source.Repository}'", NearestWord.Suggest(source.Repository, known, $"name one of {string.Join(", ", known)}"));
        }

        if (repository is not null && source.Drill?.Replica is { } replica && repository.Replicas.All(candidate => candidate.Name != replica))
        {
            string[] replicas = [.. repository.Replicas.Select(static candidate => candidate.Name)];
            context.AddAt(
                replica, $"the repository '{repository.Name}' has no replica '{replica}'",
                replicas.Length == 0 ? "leave 'from' out, or give the repository a replica" : NearestWord.Suggest(replica, replicas, $"name one of {string.Join(", ", replicas)}"));
        }
    }

    private static void CheckObjectives(SourcePolicy source, ReadingContext context)
    {
        if (source.Objectives.LargestLoss is { } loss && loss > TimeSpan.Zero)
        {
            if (source.Schedule is not { } schedule)
            {
                context.AddAt(source.Objectives, "an RPO is asked for, but nothing says when the source is backed up", "give the source a 'schedule'");
            }
            else
            {
                CheckLoss(source, schedule, loss, context);
            }
        }

        if (source.Objectives.LongestRecovery is not null && source.Drill is null)
        {
            context.AddAt(source.Objectives, "an RTO is asked for, but no drill measures it", "give the source a 'drill', such as 'drill: monthly on 1 at 04:00'", MistakeSeverity.Warning);
        }
    }

    private static void CheckLoss(SourcePolicy source, Schedule schedule, TimeSpan loss, ReadingContext context)
    {
        TimeSpan gap = schedule.Timetable.Gaps(Reference).Longest;
        if (gap > loss)
        {
            string between = gap == TimeSpan.MaxValue ? "years" : $"as much as {DurationWords.Say(gap)}";
            context.AddAt(
                source.Objectives, $"the RPO of {DurationWords.Say(loss)} cannot be reached: between two backups lie {between}",
                $"back up more often, such as '{Oftener(loss)}', or allow more loss");
        }
        else if (gap == loss)
        {
            // The data of a backup is as old as its beginning, and it counts only from its end on.
            context.AddAt(
                source.Objectives, $"the RPO of {DurationWords.Say(loss)} is exactly the time between two backups, so that each exceeds it by as long as it takes",
                $"back up more often, such as '{Oftener(loss)}'", MistakeSeverity.Warning);
        }
    }

    private static string Oftener(TimeSpan loss) => loss.TotalHours switch
    {
        > 24 => "daily at 02:00",
        > 12 => "every 12h",
        > 6 => "every 6h",
        > 2 => "every 2h",
        > 1 => "hourly",
        > 0.25 => "every 15m",
        _ => "every 5m",
    };

    private static void CheckDrill(SourcePolicy source, ReadingContext context)
    {
        if (source.Drill is not { } drill)
        {
            return;
        }

        if (drill.Queries.Count > 0 && source.Content is not PostgreSqlContent)
        {
            context.AddAt(drill.Queries[0], $"queries are for PostgreSQL, and '{source.Name}' is of the kind {source.Content.Kind}", "leave 'queries' out, or check by commands: 'checks'");
        }

        if (drill.Sample < 1 && source.Content is not PathContent)
        {
            context.AddAt(drill, $"a sample is of files, and '{source.Name}' is of the kind {source.Content.Kind}: a part of it proves nothing", "leave 'sample' out");
        }

        if (source.Schedule is null)
        {
            context.AddAt(drill, "the source has a drill but no schedule, so that what is restored grows old", "give the source a 'schedule'", MistakeSeverity.Warning);
        }
    }
}
