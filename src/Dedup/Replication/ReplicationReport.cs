namespace Dedup.Replication;

/// <summary>What a replication did, or would do.</summary>
public sealed record ReplicationReport
{
    /// <summary>Objects copied; in a dry run, those to be copied.</summary>
    public required long ObjectsCopied { get; init; }

    /// <summary>Their bytes.</summary>
    public required long BytesCopied { get; init; }

    /// <summary>How many of them were snapshots: commit slots, of which a few are aborts, which nobody can tell without the key.</summary>
    public required long SnapshotsCopied { get; init; }

    /// <summary>Objects of the target that were read and found whole, with <see cref="ReplicationOptions.Verify"/>.</summary>
    public required long ObjectsVerified { get; init; }

    /// <summary>Objects deleted from the target, with <see cref="ReplicationOptions.PruneTarget"/>; in a dry run, those to be deleted.</summary>
    public required long ObjectsDeleted { get; init; }

    /// <summary>Their bytes.</summary>
    public required long BytesDeleted { get; init; }

    /// <summary>Snapshots that the source had when it was last looked at and the target does not have now.</summary>
    public required long SnapshotsBehind { get; init; }

    /// <summary>The bytes of all objects that the source had then and the target does not have now.</summary>
    public required long BytesBehind { get; init; }

    /// <summary>Snapshots of the target that the source has forgotten.</summary>
    public required long SnapshotsRetained { get; init; }

    /// <summary>
    /// Commit slots that only the target has, and that the source has not forgotten: snapshots that were lost in the source, or made in the target, or ends of
    /// sessions of the target itself, such as a repair's.
    /// </summary>
    public required IReadOnlyList<string> OnlyInTarget { get; init; }

    /// <summary>How often the source was looked at: more than once when a prune changed it meanwhile.</summary>
    public required int Passes { get; init; }

    /// <summary>Whether nothing was changed.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>What keeps the target from being what the source is, by kind and object.</summary>
    public required IReadOnlyList<ReplicationProblem> Problems { get; init; }

    /// <summary>Whether there is no problem.</summary>
    public bool IsClean => Problems.Count == 0;
}
