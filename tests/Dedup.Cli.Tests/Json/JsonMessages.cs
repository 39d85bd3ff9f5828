using System.Reflection;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Looking;
using Dedup.Maintenance;
using Dedup.Policy.Running;
using Dedup.Repairing;
using Dedup.Trees;

namespace Dedup.Cli.Tests.Json;

/// <summary>Which command prints which messages.</summary>
internal static class JsonMessages
{
    private static readonly string[] NodeTypes = [.. Enum.GetValues<NodeType>().Select(NodeText.TypeName).Distinct()];

    private static readonly (string Command, Type[] Types)[] OfCommands =
    [
        ("init", [typeof(InitializedMessage)]),
        ("backup", [typeof(BackupStatusMessage), typeof(VerboseStatusMessage), typeof(BackupSummaryMessage)]),
        ("snapshots", [typeof(SnapshotDocument[]), typeof(SnapshotGroupDocument[]), typeof(ForgottenDocument[])]),
        ("ls", [typeof(SnapshotDocument), typeof(NodeMessage)]),
        ("find", [typeof(FoundDocument[])]),
        ("history", [typeof(FileVersionDocument[])]),
        ("diff", [typeof(ChangeMessage), typeof(DifferenceMessage)]),
        ("export", [typeof(ExportStatusMessage), typeof(ExportSummaryMessage)]),
        ("restore", [typeof(RestoreStatusMessage), typeof(RestoreActionMessage), typeof(RestoreSummaryMessage)]),
        ("serve", [typeof(ServingMessage)]),
        ("stats", [typeof(StatisticsDocument), typeof(CostDocument)]),
        ("tag", [typeof(TagChangedMessage), typeof(TagSummaryMessage)]),
        ("forget", [typeof(ForgetGroupDocument[]), typeof(PruneStatusMessage), typeof(PruneSummaryMessage)]),
        ("prune", [typeof(PruneStatusMessage), typeof(PruneSummaryMessage)]),
        ("extend-locks", [typeof(LockStatusMessage), typeof(LockSummaryMessage)]),
        ("check", [typeof(CheckStatusMessage), typeof(CheckSummaryMessage)]),
        ("drill", [typeof(DrillSummaryMessage)]),
        ("repair index", [typeof(IndexRepairMessage)]),
        ("repair packs", [typeof(PackRepairMessage)]),
        ("repair prunes", [typeof(PruneRecordRepairMessage)]),
        ("repair snapshots", [typeof(SnapshotRepairMessage)]),
        ("replicate", [typeof(ReplicationStatusMessage), typeof(ReplicationSummaryMessage)]),
        ("copy", [typeof(CopyStatusMessage), typeof(CopySummaryMessage)]),
        ("key list", [typeof(KeyDocument[])]),
        ("key add", [typeof(KeyDocument)]),
        ("key passwd", [typeof(KeyDocument)]),
        ("key test", [typeof(KeyDocument)]),
        ("policy check", [typeof(PolicyCheckDocument)]),
        ("policy show", [typeof(PolicyDocument)]),
        ("run", [typeof(RunStepMessage), typeof(RunSummaryMessage)]),
        ("agent", [typeof(ServingMessage), typeof(RunStepMessage)]),
        ("status", [typeof(StatusDocument)]),
        ("schedule install", [typeof(ScheduleDocument)]),
        ("schedule remove", [typeof(ScheduleDocument)]),
        ("schedule show", [typeof(ScheduleDocument)]),
        ("evidence list", [typeof(EvidenceDocument[])]),
        ("evidence verify", [typeof(EvidenceVerificationMessage)]),
        ("evidence export", [typeof(EvidenceExportMessage)]),
        ("evidence report", [typeof(EvidenceReportMessage)]),
        ("cache", [typeof(CacheDocument[])]),
        ("version", [typeof(VersionMessage)]),
    ];

    /// <summary>The commands, and standard error, with what a line of theirs is.</summary>
    public static IReadOnlyList<(string Name, string Description, IReadOnlyList<Type> Types)> Streams { get; } =
    [
        .. OfCommands.Select(entry =>
            ("dedup-" + entry.Command.Replace(' ', '-'), $"A line of standard output of 'dedup {entry.Command} --json'.", (IReadOnlyList<Type>)entry.Types)),
        (JsonOutputCheck.StandardError, "A line of standard error of any command with --json.", [typeof(ProblemMessage), typeof(FindingMessage), typeof(LogMessage), typeof(ExitErrorMessage)]),
    ];

    /// <summary>The <c>message_type</c> of a type all of whose messages have the same.</summary>
    public static string? ConstantType(Type type) => type.GetProperty("MessageType") is { SetMethod: null } property
        ? (string)property.GetValue(Create(type))!
        : null;

    /// <summary>The words that a property is one of.</summary>
    public static IEnumerable<(string Property, string[] Words)> Words(Type type) => type.Name switch
    {
        nameof(NodeMessage) or nameof(MatchDocument) => [("type", NodeTypes)],
        nameof(FileVersionDocument) => [("change", Names<FileVersionKind>())],
        nameof(FindingMessage) => [("message_type", ["error", "warning"]), ("kind", [.. Names<FindingKind>().Union(Names<RepairProblemKind>())])],
        nameof(ProblemMessage) => [("message_type", ["error", "warning"])],
        nameof(StatusProblemDetail) => [("kind", Names<StatusProblemKind>())],
        nameof(VerboseStatusMessage) => [("action", ["new", "modified", "unchanged"])],
        nameof(RestoreActionMessage) => [("action", ["restored", "updated", "unchanged", "left", "deleted"])],
        _ => [],
    };

    private static string[] Names<TKind>()
        where TKind : struct, Enum => [.. Enum.GetValues<TKind>().Select(KindText.Of)];

    // A record with nothing in it but what its type sets.
    private static object Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors()[0];
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
    }
}
