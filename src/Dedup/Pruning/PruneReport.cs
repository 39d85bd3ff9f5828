namespace Dedup.Pruning;

/// <summary>What a prune did, or would do. Bytes are those of packs.</summary>
public sealed record PruneReport
{
    /// <summary>More than this share of what is stored does not go unless the caller says so.</summary>
    private const double LargeDeletion = 0.5;

    /// <summary>The snapshots that stay.</summary>
    public long Snapshots { get; init; }

    /// <summary>Packs before.</summary>
    public long Packs { get; init; }

    /// <summary>Bytes of packs before.</summary>
    public long Bytes { get; init; }

    /// <summary>Blobs that snapshots need.</summary>
    public long UsedBlobs { get; init; }

    /// <summary>Bytes of blobs that no snapshot needs, and of second copies, before.</summary>
    public long UnusedBytes { get; init; }

    /// <summary>Packs deleted, those included whose blobs were copied to new packs first.</summary>
    public long PacksDeleted { get; init; }

    /// <summary>Bytes of the packs deleted.</summary>
    public long BytesDeleted { get; init; }

    /// <summary>Packs whose needed blobs were copied to new packs.</summary>
    public long PacksRepacked { get; init; }

    /// <summary>New packs written.</summary>
    public long PacksWritten { get; init; }

    /// <summary>Bytes of new packs written.</summary>
    public long BytesWritten { get; init; }

    /// <summary>Bytes of unneeded blobs in the packs that stay.</summary>
    public long UnusedBytesLeft { get; init; }

    /// <summary>How much smaller the packs are in all.</summary>
    public long BytesFreed => BytesDeleted - BytesWritten;

    /// <summary>Whether more than half goes of what was stored, which takes <see cref="PruneOptions.AllowLargeDeletion"/>.</summary>
    public bool IsLargeDeletion => BytesFreed > Bytes * LargeDeletion;

    /// <summary>Backups that this prune ended because they were dead or had taken too long.</summary>
    public IReadOnlyList<SnapshotId> SessionsEnded { get; init; } = [];

    /// <summary>Backups still under way for which this prune did not wait any longer: the condemned packs go with the next prune.</summary>
    public IReadOnlyList<SnapshotId> SessionsAwaited { get; init; } = [];

    /// <summary>What the prune would ask of the store if nobody else used it; <see langword="null"/> when it was done.</summary>
    public PruneCost? Cost { get; init; }

    /// <summary>Whether this is only what would be done.</summary>
    public bool IsDryRun { get; init; }
}
