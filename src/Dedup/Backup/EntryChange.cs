namespace Dedup.Backup;

/// <summary>How an entry differs from the parent snapshot.</summary>
public enum EntryChange
{
    /// <summary>The parent has no entry of that name and kind, or there is no parent.</summary>
    New,

    /// <summary>It is not what it was.</summary>
    Modified,

    /// <summary>It is what it was.</summary>
    Unchanged,
}
