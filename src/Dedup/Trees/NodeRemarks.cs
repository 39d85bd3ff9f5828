namespace Dedup.Trees;

/// <summary>What is to be said of how an entry came into its snapshot. The numbers are part of the format.</summary>
[Flags]
public enum NodeRemarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The file changed while it was read: its content may be from no single moment.</summary>
    ChangedWhileRead = 1,

    /// <summary>The file had changed so shortly before it was read that its times would not tell a change after it: read it again next time.</summary>
    RecentlyChanged = 2,

    /// <summary>
    /// A repair made the entry from what was left: a file has zeros where its content is lost, a directory lacks entries, or an extended
    /// attribute is missing.
    /// </summary>
    Damaged = 4,
}
