namespace Dedup.Repairing;

/// <summary>Something that a repair found and could not make as it was.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="ObjectName">The object it concerns, as the store names it.</param>
/// <param name="Message">One line: what, and where.</param>
public sealed record RepairProblem(RepairProblemKind Kind, string ObjectName, string Message)
{
    /// <summary>The snapshot it was found in, the first of several; <see langword="null"/> when it was not found by way of a snapshot.</summary>
    public SnapshotId? Snapshot { get; init; }

    /// <summary>Where in that snapshot, as people read it; <see langword="null"/> when it was not found by way of a snapshot.</summary>
    public string? Path { get; init; }

    internal static RepairProblem Of(CorruptDataException damage) => new(RepairProblemKind.DamagedObject, damage.ObjectName, damage.Message);
}
