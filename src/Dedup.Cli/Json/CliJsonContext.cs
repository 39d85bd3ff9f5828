using System.Text.Json.Serialization;

namespace Dedup.Cli.Json;

/// <summary>Writes all JSON of the program, made at compile time: reflection would cost start-up and trimming.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(BackupStatusMessage))]
[JsonSerializable(typeof(BackupSummaryMessage))]
[JsonSerializable(typeof(CacheDocument[]))]
[JsonSerializable(typeof(CheckStatusMessage))]
[JsonSerializable(typeof(CheckSummaryMessage))]
[JsonSerializable(typeof(CopyStatusMessage))]
[JsonSerializable(typeof(CopySummaryMessage))]
[JsonSerializable(typeof(ExitErrorMessage))]
[JsonSerializable(typeof(FindingMessage))]
[JsonSerializable(typeof(ForgetGroupDocument[]))]
[JsonSerializable(typeof(ForgottenDocument[]))]
[JsonSerializable(typeof(IndexRepairMessage))]
[JsonSerializable(typeof(PruneRecordRepairMessage))]
[JsonSerializable(typeof(LockStatusMessage))]
[JsonSerializable(typeof(LockSummaryMessage))]
[JsonSerializable(typeof(InitializedMessage))]
[JsonSerializable(typeof(KeyDocument[]))]
[JsonSerializable(typeof(KeyDocument))]
[JsonSerializable(typeof(LogMessage))]
[JsonSerializable(typeof(NodeMessage))]
[JsonSerializable(typeof(PackRepairMessage))]
[JsonSerializable(typeof(ProblemMessage))]
[JsonSerializable(typeof(PruneStatusMessage))]
[JsonSerializable(typeof(PruneSummaryMessage))]
[JsonSerializable(typeof(ReplicationStatusMessage))]
[JsonSerializable(typeof(ReplicationSummaryMessage))]
[JsonSerializable(typeof(RestoreActionMessage))]
[JsonSerializable(typeof(RestoreStatusMessage))]
[JsonSerializable(typeof(RestoreSummaryMessage))]
[JsonSerializable(typeof(SnapshotDocument[]))]
[JsonSerializable(typeof(SnapshotDocument))]
[JsonSerializable(typeof(SnapshotRepairMessage))]
[JsonSerializable(typeof(StatisticsDocument))]
[JsonSerializable(typeof(VersionMessage))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
