namespace Dedup.Restore;

/// <summary>What became of an entry of the target.</summary>
public enum RestoreActionKind
{
    /// <summary>It was made: nothing was there, or what was there could not become it.</summary>
    Restored,

    /// <summary>It was there, and what differed was written.</summary>
    Updated,

    /// <summary>It was there with this content; metadata that differed was set.</summary>
    Unchanged,

    /// <summary>It was there and stayed as it was, because <see cref="RestoreOptions.Overwrite"/> says so.</summary>
    Left,

    /// <summary>It was there, is not in the snapshot, and was removed.</summary>
    Deleted,
}
