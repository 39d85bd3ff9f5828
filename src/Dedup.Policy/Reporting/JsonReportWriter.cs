using System.Globalization;
using System.Text.Json;
using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>Writes a report as one JSON document for programs: moments in UTC as ISO 8601, durations in seconds, names in English whatever the language.</summary>
public static class JsonReportWriter
{
    /// <summary>Writes a report.</summary>
    public static void Write(EvidenceReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using Utf8JsonWriter writer = new(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteString("repository", report.Repository);
        writer.WriteString("location", report.Location);
        Time(writer, "from", report.From);
        Time(writer, "to", report.To);
        Time(writer, "made", report.Made);
        List(writer, "policies", ReportControl.Policy, report.Policies, WritePolicy);
        List(writer, "recovery_points", ReportControl.RecoveryPoint, report.Sources, WriteSource);
        List(writer, "drills", ReportControl.Drill, report.Drills, WriteDrill);
        List(writer, "copies", ReportControl.Copy, report.Copies, WriteCopy);
        WriteReading(writer, report.Reading);
        List(writer, "forgotten", ReportControl.Forgotten, report.Forgotten, WriteForgotten);
        writer.WriteNumber("bytes_freed", report.BytesFreed);
        List(writer, "keys", ReportControl.Key, report.Keys, WriteKey);
        WriteChain(writer, report);
        writer.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter writer, string name, string controls, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartObject(name);
        writer.WriteString("controls", controls);
        writer.WriteStartArray("items");
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePolicy(Utf8JsonWriter writer, PolicyInForce policy)
    {
        writer.WriteString("name", policy.Name);
        Time(writer, "since", policy.Since);
        writer.WriteString("actor", policy.Actor);
        writer.WriteString("digest", policy.Details.Digest);
        Duration(writer, "read_within_seconds", policy.Details.ReadWithin);
        writer.WriteStartArray("sources");
        foreach (SourceObjectives source in policy.Details.Sources)
        {
            writer.WriteStartObject();
            writer.WriteString("name", source.Name);
            writer.WriteString("kind", source.Kind);
            writer.WriteString("schedule", source.Schedule);
            writer.WriteString("retention", source.Retention);
            Duration(writer, "recovery_point_seconds", source.RecoveryPoint);
            Duration(writer, "recovery_time_seconds", source.RecoveryTime);
            Duration(writer, "drill_every_seconds", source.DrillEvery);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSource(Utf8JsonWriter writer, SourceRecovery source)
    {
        writer.WriteString("name", source.Name);
        Duration(writer, "objective_seconds", source.Objectives?.RecoveryPoint);
        writer.WriteNumber("backups", source.Backups);
        writer.WriteNumber("backups_with_problems", source.WithProblems);
        writer.WriteNumber("backups_failed", source.Failed);
        Time(writer, "newest_state", source.Last);
        Duration(writer, "worst_loss_seconds", source.WorstLoss);
        if (source.ShareWithinObjective is { } share)
        {
            writer.WriteNumber("share_within_objective", Math.Round(share, 6));
        }

        writer.WriteStartArray("gaps");
        foreach (RecoveryGap gap in source.Gaps)
        {
            writer.WriteStartObject();
            Time(writer, "from", gap.From);
            Time(writer, "to", gap.To);
            Duration(writer, "seconds", gap.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteDrill(Utf8JsonWriter writer, DrillOutcome drill)
    {
        Time(writer, "time", drill.Time);
        writer.WriteString("source", drill.Source);
        writer.WriteString("result", Word(drill.Result));
        writer.WriteString("place", drill.Details.Place);
        writer.WriteString("key", drill.Details.KeySlot);
        writer.WriteBoolean("sample", drill.Details.IsSample);
        writer.WriteNumber("files", drill.Details.Files);
        writer.WriteNumber("bytes", drill.Details.Bytes);
        Duration(writer, "duration_seconds", drill.Details.Duration);
        Duration(writer, "recovery_time_seconds", drill.Details.RecoveryTime);
        Duration(writer, "objective_seconds", drill.Objective);
        writer.WriteBoolean("within_objective", drill.IsWithinObjective);
        writer.WriteStartArray("checks");
        foreach (DrillCheck check in drill.Details.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteBoolean("passed", check.HasPassed);
            writer.WriteString("message", check.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("problems");
        foreach (string problem in drill.Details.Problems)
        {
            writer.WriteStringValue(problem);
        }

        writer.WriteEndArray();
    }

    private static void WriteCopy(Utf8JsonWriter writer, CopyPlace place)
    {
        writer.WriteString("name", place.Name);
        writer.WriteString("location", place.Location);
        writer.WriteBoolean("replica", place.IsReplica);
        writer.WriteNumber("runs", place.Runs);
        writer.WriteNumber("failures", place.Failures);
        Time(writer, "last_success", place.Last);
        Number(writer, "snapshots_behind", place.SnapshotsBehind);
        writer.WriteNumber("bytes_copied", place.BytesCopied);
    }

    private static void WriteReading(Utf8JsonWriter writer, ReadingState reading)
    {
        writer.WriteStartObject("reading");
        writer.WriteString("controls", ReportControl.Reading);
        writer.WriteNumber("checks", reading.Checks);
        writer.WriteNumber("checks_with_damage", reading.ChecksWithDamage);
        writer.WriteNumber("bytes_read", reading.BytesRead);
        Number(writer, "packs_never_read", reading.PacksNeverRead);
        Time(writer, "oldest_read", reading.OldestRead);
        Duration(writer, "oldest_unread_age_seconds", reading.OldestAge);
        Duration(writer, "read_within_seconds", reading.ReadWithin);
        writer.WriteEndObject();
    }

    private static void WriteForgotten(Utf8JsonWriter writer, ForgottenEntry entry)
    {
        Time(writer, "time", entry.Time);
        writer.WriteString("snapshot", entry.Snapshot);
        Time(writer, "snapshot_time", entry.SnapshotTime);
        writer.WriteString("host", entry.Host);
        writer.WriteString("actor", entry.Actor);
        writer.WriteString("reason", entry.Reason);
    }

    private static void WriteKey(Utf8JsonWriter writer, KeyEvent key)
    {
        Time(writer, "time", key.Time);
        writer.WriteString("action", Word(key.Action));
        writer.WriteString("key", key.Key);
        writer.WriteString("result", Word(key.Result));
        writer.WriteString("actor", key.Actor);
    }

    private static void WriteChain(Utf8JsonWriter writer, EvidenceReport report)
    {
        writer.WriteStartObject("evidence");
        writer.WriteString("controls", ReportControl.Chain);
        writer.WriteBoolean("intact", report.Verification.IsIntact);
        writer.WriteBoolean("complete", report.Verification.IsComplete);
        writer.WriteString("public_key", report.Verification.PublicKey);
        writer.WriteNumber("records", report.Verification.Records);
        writer.WriteNumber("doubtful_times", report.DoubtfulTimes);
        writer.WriteNumber("late_records", report.LateRecords);
        writer.WriteStartArray("chains");
        foreach (EvidenceChainState chain in report.Verification.Chains)
        {
            writer.WriteStartObject();
            writer.WriteString("chain", chain.Chain.ToString("x16", CultureInfo.InvariantCulture));
            writer.WriteNumber("records", chain.Records);
            writer.WriteNumber("last_number", chain.LastNumber);
            writer.WriteString("last_hash", chain.LastHash);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("findings");
        foreach (EvidenceFinding finding in report.Verification.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Word(finding.Kind));
            writer.WriteString("object", finding.ObjectName);
            writer.WriteString("message", finding.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("actions");
        foreach (ActionCount count in report.Actions)
        {
            writer.WriteStartObject();
            writer.WriteString("action", Word(count.Action));
            writer.WriteString("result", Word(count.Result));
            writer.WriteNumber("count", count.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Time(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } moment)
        {
            writer.WriteString(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void Duration(Utf8JsonWriter writer, string name, TimeSpan? duration)
    {
        if (duration is { } value)
        {
            writer.WriteNumber(name, (decimal)value.Ticks / TimeSpan.TicksPerSecond);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }
}
