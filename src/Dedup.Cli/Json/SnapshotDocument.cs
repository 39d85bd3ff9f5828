using System.Text.Json.Serialization;
using Dedup.Snapshots;

namespace Dedup.Cli.Json;

/// <summary>A snapshot, with restic's field names.</summary>
/// <param name="MessageType">snapshot where it is a line of its own.</param>
/// <param name="StructType">snapshot where it is a line of its own.</param>
/// <param name="Time">When the snapshot was made.</param>
/// <param name="Parent">The id of the parent snapshot; left out where there is none.</param>
/// <param name="Tree">The id of the root directory.</param>
/// <param name="Paths">The paths that were backed up.</param>
/// <param name="Hostname">The host.</param>
/// <param name="Username">The user who made it.</param>
/// <param name="Tags">The tags.</param>
/// <param name="ProgramVersion">The program that made it.</param>
/// <param name="Summary">What its backup found and stored.</param>
/// <param name="Id">The whole id.</param>
/// <param name="ShortId">The first digits of the id.</param>
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
