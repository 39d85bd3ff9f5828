using System.Globalization;
using System.Text;
using Dedup.Policy.Running;

namespace Dedup.Policy.Describing;

/// <summary>Writes how things stand in the text format that Prometheus reads, as figures of the moment.</summary>
internal static class PrometheusText
{
    public static string Write(PolicyStatus status)
    {
        StringBuilder text = new();
        Append(text, "dedup_source_well", "Whether nothing about the source needs a look.", status.Sources.Select(static source => (Of(source), (double?)(source.IsWell ? 1 : 0))));
        Append(text, "dedup_source_last_good_timestamp_seconds", "When the last good backup began.", status.Sources.Select(static source => (Of(source), Seconds(source.State.LastGood))));
        Append(text, "dedup_source_age_seconds", "How old the last good backup is.", status.Sources.Select(static source => (Of(source), source.Age?.TotalSeconds)));
        Append(text, "dedup_source_rpo_seconds", "How old it may be.", status.Sources.Select(static source => (Of(source), source.LargestLoss?.TotalSeconds)));
        Append(text, "dedup_source_late_seconds", "For how long a backup is due that nobody runs.", status.Sources.Select(source => (Of(source), (double?)((status.Time - source.LateSince)?.TotalSeconds ?? 0))));
        Append(text, "dedup_source_missed_runs", "How many runs were missed.", status.Sources.Select(static source => (Of(source), (double?)source.State.Missed)));
        Append(text, "dedup_source_failures", "How often in a row it failed.", status.Sources.Select(static source => (Of(source), (double?)source.State.Failures)));
        Append(text, "dedup_source_next_timestamp_seconds", "When it is backed up next.", status.Sources.Where(static source => source.Next.Count > 0).Select(static source => (Of(source), Seconds(source.Next[0]))));
        Append(text, "dedup_source_drill_timestamp_seconds", "When the last drill began.", status.Sources.Select(static source => (Of(source), Seconds(source.State.Drilled))));
        Append(text, "dedup_source_recovery_seconds", "How long a recovery takes, by the last drill that could tell.", status.Sources.Select(static source => (Of(source), source.State.Recovery?.TotalSeconds)));
        Append(text, "dedup_source_rto_seconds", "How long it may take.", status.Sources.Select(static source => (Of(source), source.LongestRecovery?.TotalSeconds)));
        Append(text, "dedup_repository_whole", "Whether the last check found all whole.", status.Repositories.Where(static repository => repository.State.Checked is not null).Select(static repository => (Of(repository), (double?)(repository.State.IsWhole ? 1 : 0))));
        Append(text, "dedup_repository_oldest_read_seconds", "How long ago the byte was read that was not read for longest.", status.Repositories.Select(static repository => (Of(repository), repository.OldestReadAge?.TotalSeconds)));
        (string Labels, ReplicaStatus Replica)[] replicas =
            [.. status.Repositories.SelectMany(static repository => repository.Replicas.Select(replica => ($"{{repository=\"{repository.Name}\",replica=\"{replica.Name}\"}}", replica)))];
        Append(text, "dedup_replica_well", "Whether nothing about the replica needs a look.", replicas.Select(static entry => (entry.Labels, (double?)(entry.Replica.IsWell ? 1 : 0))));
        Append(text, "dedup_replica_lag_seconds", "How long ago the replica was what the repository was, while there are backups since.", replicas.Select(static entry => (entry.Labels, entry.Replica.Lag?.TotalSeconds)));
        Append(text, "dedup_runner_timestamp_seconds", "When a runner last looked at what is due: the other figures are as old.", [("", Seconds(status.Runner.Ended))]);
        return text.ToString();
    }

    // Names are letters, digits, '.', '_' and '-': nothing to escape.
    private static string Of(SourceStatus source) => $"{{source=\"{source.Name}\",repository=\"{source.Repository}\"}}";

    private static string Of(RepositoryStatus repository) => $"{{repository=\"{repository.Name}\"}}";

    private static double? Seconds(DateTimeOffset? time) => time is { } known ? (known - DateTimeOffset.UnixEpoch).TotalSeconds : null;

    private static void Append(StringBuilder text, string name, string help, IEnumerable<(string Labels, double? Value)> values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach ((string labels, double? value) in values)
        {
            if (value is { } known)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {known}\n");
            }
        }
    }
}
