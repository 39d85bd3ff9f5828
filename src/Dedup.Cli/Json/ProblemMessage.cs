using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Something that concerns one file or object, with restic's field names.</summary>
/// <param name="MessageType"><c>error</c> when something is missing, otherwise <c>warning</c>.</param>
/// <param name="Error">What happened.</param>
/// <param name="During"><c>archival</c>, <c>restore</c>, <c>check</c>, <c>drill</c>, <c>repair</c>, <c>replication</c> or <c>copy</c>.</param>
/// <param name="Item">The path or the object.</param>
internal sealed record ProblemMessage([property: JsonPropertyOrder(-1)] string MessageType, ProblemDetail Error, string During, string Item);
