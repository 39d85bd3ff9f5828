using System.Text.Json.Serialization;

namespace Dedup.Policy.Running;

/// <summary>Writes and reads what is remembered; made at compile time, for trimming.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SourceState))]
[JsonSerializable(typeof(RepositoryState))]
[JsonSerializable(typeof(RunnerState))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
