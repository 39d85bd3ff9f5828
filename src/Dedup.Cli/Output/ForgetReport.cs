using System.Globalization;
using Dedup.Cli.Commands;
using Dedup.Retention;
using Dedup.Snapshots;

namespace Dedup.Cli.Output;

/// <summary>What is said of snapshots that are forgotten, and why others stay.</summary>
internal static class ForgetReport
{
    public static void Write(TextWriter output, IReadOnlyList<ForgetGroup> groups, bool isCompact)
    {
        foreach (ForgetGroup group in groups)
        {
            if (group.Key is not null)
            {
                output.WriteLine(group.Key.ToString() is { Length: > 0 } key ? $"snapshots of {TerminalText.Escape(key)}:" : "all snapshots:");
            }

            RetentionDecision[] kept = [.. group.Decisions.Where(decision => decision.Keep)];
            if (kept.Length > 0)
            {
                output.WriteLine($"keep {Count(kept.Length)}:");
                WriteTable(output, kept, [], isCompact);
            }

            RetentionDecision[] removed = [.. group.Decisions.Where(decision => !decision.Keep)];
            (SnapshotId Id, string State)[] unknown = [.. group.Damaged.Select(id => (id, "damaged")), .. group.Missing.Select(id => (id, "missing"))];
            if (removed.Length + unknown.Length > 0)
            {
                output.WriteLine($"forget {Count(removed.Length + unknown.Length)}:");
                WriteTable(output, removed, unknown, isCompact);
            }

            output.WriteLine();
        }

        // Before anything is done: who interrupts it knows what it was about.
        output.Flush();
    }

    public static void WriteEnd(TextWriter output, int count, bool isDryRun, bool isPruned)
    {
        string rest = isPruned || count == 0 ? "" : $"; {(count == 1 ? "its" : "their")} data goes with the next 'dedup prune'";
        output.WriteLine(isDryRun ? $"dry run: {Count(count)} would be forgotten" : $"{Count(count)} forgotten{rest}");
        output.Flush();
    }

    private static void WriteTable(TextWriter output, RetentionDecision[] decisions, (SnapshotId Id, string State)[] unknown, bool isCompact)
    {
        bool hasReasons = decisions.Any(decision => decision.Keep);
        ResultTable table = new ResultTable().Fixed("ID").Fixed("Time").Folding("Host").Folding("Tags");
        if (hasReasons)
        {
            table.Folding("Reasons");
        }

        if (!isCompact)
        {
            table.Folding("Paths");
        }

        foreach (RetentionDecision decision in decisions)
        {
            Snapshot snapshot = decision.Snapshot;
            string[] reasons = [.. decision.Reasons.Select(reason => reason.ToString())];
            AddRow(
                snapshot.Id,
                NodeText.LocalTime(snapshot.Time),
                snapshot.Host,
                string.Join(',', snapshot.Tags),
                isCompact ? [string.Join(", ", reasons)] : reasons,
                snapshot.Paths);
        }

        foreach ((SnapshotId id, string state) in unknown)
        {
            AddRow(id, state, "", "", [], []);
        }

        table.Write(output);

        void AddRow(SnapshotId id, string time, string host, string tags, string[] reasons, IReadOnlyList<string> paths)
        {
            List<IReadOnlyList<string>> cells = [[id.ToShortString()], [time], [host], [tags]];
            if (hasReasons)
            {
                cells.Add(reasons);
            }

            if (!isCompact)
            {
                cells.Add(paths);
            }

            table.AddRow([.. cells]);
        }
    }

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "snapshot" : "snapshots")}");
}
