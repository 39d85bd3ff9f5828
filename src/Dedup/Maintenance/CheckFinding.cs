namespace Dedup.Maintenance;

/// <summary>Something that a check found wrong.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="ObjectName">The object it concerns, as the store names it.</param>
/// <param name="Message">One line: what is wrong, and where in the object.</param>
public sealed record CheckFinding(FindingKind Kind, string ObjectName, string Message)
{
    /// <summary>The snapshot that suffers, the first of several; <see langword="null"/> when it was not found by way of a snapshot.</summary>
    public SnapshotId? Snapshot { get; init; }

    /// <summary>Where in that snapshot, as people read it; <see langword="null"/> when it was not found by way of a snapshot.</summary>
    public string? Path { get; init; }

    /// <summary>The pack that it concerns, such as <see cref="Repository.RepairPacksAsync"/> takes; <see langword="null"/> when it is no pack.</summary>
    public PackId? Pack => Storage.ObjectName.TryParse(ObjectName, out Storage.ObjectName name) && name.Folder == RepositoryObjects.Packs && PackId.TryParse(name.Leaf, out PackId pack) ? pack : null;

    /// <summary>Whether something is lost or may be; otherwise it is only worth knowing.</summary>
    public bool IsDamage => Kind is not (FindingKind.UnlistedPack or FindingKind.SupersededSegment or FindingKind.MissingParent or FindingKind.UnrecordedDeed);
}
