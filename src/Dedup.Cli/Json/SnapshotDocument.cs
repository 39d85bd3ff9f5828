using System.Text.Json.Serialization;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>A snapshot, with restic's field names.</summary>
internal sealed record SnapshotDocument(
    [property: JsonPropertyOrder(-2)] string? MessageType,
    [property: JsonPropertyOrder(-1)] string? StructType,
    DateTimeOffset Time,
    string? Parent,
    string Tree,
    IReadOnlyList<string> Paths,
    string Hostname,
    string Username,
    IReadOnlyList<string> Tags,
    string ProgramVersion,
    SnapshotSummary Summary,
    string Id,
    string ShortId)
{
    /// <summary>An element of a list.</summary>
    public static SnapshotDocument From(Snapshot snapshot) => new(
        MessageType: null,
        StructType: null,
        snapshot.Time,
        snapshot.Parent.IsZero ? null : snapshot.Parent.ToString(),
        snapshot.Tree.ToString(),
        snapshot.Paths,
        snapshot.Host,
        snapshot.User,
        snapshot.Tags,
        snapshot.Program,
        SnapshotSummary.From(snapshot),
        snapshot.Id.ToString(),
        snapshot.Id.ToShortString());

    /// <summary>The line before the nodes of a listing.</summary>
    public static SnapshotDocument Heading(Snapshot snapshot) => From(snapshot) with { MessageType = "snapshot", StructType = "snapshot" };
}
