namespace Dedup.Trees;

/// <summary>What is to be said of the moment in which a file was read. The numbers are part of the format.</summary>
[Flags]
public enum NodeRemarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The file changed while it was read: its content may be from no single moment.</summary>
    ChangedWhileRead = 1,

    /// <summary>The file had changed so shortly before it was read that its times would not tell a change after it: read it again next time.</summary>
    RecentlyChanged = 2,
}
