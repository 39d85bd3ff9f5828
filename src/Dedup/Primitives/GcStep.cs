namespace Dedup;

/// <summary>The steps of a prune that leave a record.</summary>
internal enum GcStep
{
    /// <summary>Packs are condemned: nobody may begin to rely on them.</summary>
    Mark,

    /// <summary>Some of the condemned packs are to be deleted; the others are free again.</summary>
    Sweep,

    /// <summary>All that the sweep names is deleted.</summary>
    Retirement,
}
