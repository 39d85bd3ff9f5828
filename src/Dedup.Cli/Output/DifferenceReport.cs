using System.Globalization;
using Dedup.Cli.Json;
using Dedup.Looking;
using Dedup.Trees;

namespace Dedup.Cli.Output;

/// <summary>Differences of two snapshots.</summary>
internal static class DifferenceReport
{
    private static readonly (TreeChangeKinds Kind, char Letter)[] Letters =
    [
        (TreeChangeKinds.Added, '+'), (TreeChangeKinds.Removed, '-'), (TreeChangeKinds.TypeChanged, 'T'), (TreeChangeKinds.ContentChanged, 'M'),
        (TreeChangeKinds.MetadataChanged, 'U'), (TreeChangeKinds.Suspicious, '?'),
    ];

    /// <summary>restic's letters.</summary>
    public static string Modifier(TreeChangeKinds kinds) => new([.. Letters.Where(letter => kinds.HasFlag(letter.Kind)).Select(letter => letter.Letter)]);

    public static void Write(TextWriter output, TreeChange change, bool isJson)
    {
        string line = isJson
            ? JsonOutput.Serialize(ChangeMessage.From(change), CliJsonContext.Default.ChangeMessage)
            : $"{Modifier(change.Kinds),-5}{change.Path}{Sizes(change)}";
        output.Write(line);
        output.Write('\n');
    }

    public static void WriteSummary(TextWriter output, SnapshotDifference difference)
    {
        (DifferenceTotals added, DifferenceTotals removed) = (difference.Added, difference.Removed);
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"""

            Files:       {added.Files,5} new, {removed.Files,5} removed, {difference.ChangedFiles,5} changed
            Dirs:        {added.Directories,5} new, {removed.Directories,5} removed
            Others:      {added.Others,5} new, {removed.Others,5} removed
            Data blobs:  {added.DataBlobs,5} new, {removed.DataBlobs,5} removed
            Tree blobs:  {added.TreeBlobs,5} new, {removed.TreeBlobs,5} removed
              Added:     {ByteSize.Format(added.Bytes)}
              Removed:   {ByteSize.Format(removed.Bytes)}

            """));
    }

    private static string Sizes(TreeChange change)
    {
        long? before = SizeOf(change.Source), after = SizeOf(change.Target);
        return (before, after) switch
        {
            ({ } left, { } right) when left != right => $"  ({ByteSize.Format(left)} -> {ByteSize.Format(right)})",
            (null, { } size) => $"  ({ByteSize.Format(size)})",
            ({ } size, null) => $"  ({ByteSize.Format(size)})",
            _ => "",
        };
    }

    private static long? SizeOf(Node? node) => node?.Metadata.Type == NodeType.File ? node.Metadata.Size : null;
}
