using Dedup.Filtering;

namespace Dedup.Restore;

/// <summary>How a snapshot is restored.</summary>
public sealed record RestoreOptions
{
    /// <summary>
    /// A path inside the snapshot, such as <c>/home/ann</c>: a directory's entries are restored into the target, anything else is restored
    /// there by its name. <see langword="null"/> for everything.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>What is restored: entries whose paths match, and all below them. With no patterns, everything. Paths begin below the target: <c>/home/ann</c> is what becomes <c>home/ann</c> there.</summary>
    public PathPatterns Includes { get; init; } = PathPatterns.None;

    /// <summary>What is not restored: entries whose paths match, and all below them. <see cref="Delete"/> leaves such entries alone too.</summary>
    public PathPatterns Excludes { get; init; } = PathPatterns.None;

    /// <summary>Only these entries are restored, with the directories that lead to them; of a chosen directory what lies in it is not. <see langword="null"/> for all. For whole snapshots, not with <see cref="Path"/>.</summary>
    public PathSet? Chosen { get; init; }

    /// <summary>What becomes of files that are there already.</summary>
    public OverwriteMode Overwrite { get; init; }

    /// <summary>
    /// Whether to remove what lies in restored directories and is not in the snapshot. Nothing is removed in the directories that lead to
    /// what was backed up, of which the snapshot holds a part only, nor on other file systems than the target's.
    /// </summary>
    public bool Delete { get; init; }

    /// <summary>Whether pages of zeros become holes, not only what was a hole in the source.</summary>
    public bool Sparse { get; init; }

    /// <summary>Whether to read all restored files back from the disk in the end and to compare them with the snapshot.</summary>
    public bool Verify { get; init; }

    /// <summary>Whether only to say what would be done. Files are then judged by length and time of modification, not read.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether owners and groups are those that have the snapshot's names on this machine; numbers where there are no such names. Without it: the snapshot's numbers.</summary>
    public bool OwnershipByName { get; init; }

    /// <summary>
    /// Whether the target may be a block device, onto which one file of the snapshot, an image, is then written: <see cref="Path"/> names it.
    /// What was on the device is lost.
    /// </summary>
    public bool OverwriteDevice { get; init; }

    /// <summary>Is told of every entry, from several threads at once; <see langword="null"/> when nobody wants to know.</summary>
    public IProgress<RestoreAction>? Actions { get; init; }

    /// <summary>Regards an existing regular file as a device, so that machines without loop devices can be tested.</summary>
    internal bool TakesFileForDevice { get; init; }
}
