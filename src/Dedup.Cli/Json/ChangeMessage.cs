using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>An entry that differs between two snapshots, with restic's field names, and the sizes of files besides.</summary>
/// <param name="Path">The path in the snapshot.</param>
/// <param name="Modifier">+ added, - removed, M content changed, T type changed, U metadata changed; and ? where content changed although metadata did not.</param>
/// <param name="SourceSize">The file's length in the first snapshot.</param>
/// <param name="TargetSize">The file's length in the second.</param>
internal sealed record ChangeMessage(string Path, string Modifier, long? SourceSize, long? TargetSize)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "change";

    public static ChangeMessage From(TreeChange change) =>
        new(change.Path, DifferenceReport.Modifier(change.Kinds), SizeOf(change.Source), SizeOf(change.Target));

    private static long? SizeOf(Node? node) => node?.Metadata.Type == NodeType.File ? node.Metadata.Size : null;
}
