namespace Dedup.Restore;

/// <summary>What is to be done about an entry that is not a directory.</summary>
internal enum TargetPlan
{
    /// <summary>Nothing is there: make it.</summary>
    Create,

    /// <summary>Something is there that cannot become it: make it, and put it in the place of that when it is whole.</summary>
    Replace,

    /// <summary>A file is there that may become it: compare, and write what differs.</summary>
    Update,

    /// <summary>It is there already: set what metadata differs.</summary>
    Keep,

    /// <summary>What is there stays, by the user's wish.</summary>
    Leave,
}
