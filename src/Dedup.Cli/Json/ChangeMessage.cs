using System.Text.Json.Serialization;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Trees;

namespace Dedup.Cli.Json;

/// <summary>An entry that differs between two snapshots, with restic's field names, and the sizes of files besides.</summary>
internal sealed record ChangeMessage(string Path, string Modifier, long? SourceSize, long? TargetSize)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "change";

    public static ChangeMessage From(TreeChange change) =>
        new(change.Path, DifferenceReport.Modifier(change.Kinds), SizeOf(change.Source), SizeOf(change.Target));

    private static long? SizeOf(Node? node) => node?.Metadata.Type == NodeType.File ? node.Metadata.Size : null;
}
