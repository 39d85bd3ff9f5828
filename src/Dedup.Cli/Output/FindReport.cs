using Dedup.Cli.Json;
using Dedup.Looking;
using Dedup.Snapshots;
using Dedup.Trees;

namespace Dedup.Cli.Output;

/// <summary>What a search found, as it is asked for: there may be more than memory holds.</summary>
internal static class FindReport
{
    public static void Write(TextWriter output, IEnumerable<FoundInSnapshot> found, bool isLong, bool isChatty, CancellationToken cancellationToken)
    {
        bool isFirst = true;
        foreach (FoundInSnapshot snapshot in found)
        {
            bool hasHeading = false;
            foreach (TreeEntry entry in snapshot.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!hasHeading && isChatty)
                {
                    output.Write(isFirst ? "" : "\n");
                    output.Write(Heading(snapshot.Snapshot));
                }

                hasHeading = true;
                isFirst = false;
                output.Write(isLong ? NodeText.LongLine(entry) : entry.Path);
                output.Write('\n');
            }
        }
    }

    /// <summary>Writes an array of the snapshots that have anything.</summary>
    public static void WriteJson(TextWriter output, IEnumerable<FoundInSnapshot> found, CancellationToken cancellationToken)
    {
        output.Write('[');
        bool isFirst = true;
        foreach (FoundInSnapshot snapshot in found)
        {
            long hits = 0;
            foreach (TreeEntry entry in snapshot.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Write(hits > 0 ? "," : isFirst ? "{\"matches\":[" : ",{\"matches\":[");
                output.Write(JsonOutput.Serialize(MatchDocument.From(entry), CliJsonContext.Default.MatchDocument));
                isFirst = false;
                hits++;
            }

            if (hits > 0)
            {
                output.Write(FormattableString.Invariant($"],\"hits\":{hits},\"snapshot\":\"{snapshot.Snapshot.Id}\"}}"));
            }
        }

        output.Write("]\n");
    }

    private static string Heading(Snapshot snapshot) =>
        $"found in snapshot {snapshot.Id.ToShortString()} of {TerminalText.Escape(snapshot.Host)} from {NodeText.LocalTime(snapshot.Time)}:\n";
}
