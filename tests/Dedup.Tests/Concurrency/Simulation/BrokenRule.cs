namespace Dedup.Tests.Concurrency.Simulation;

/// <summary>A rule of the protocol that the simulated stores make the engine break, by lying to it: the engine's own code stays as it is.</summary>
public enum BrokenRule
{
    /// <summary>All rules are kept.</summary>
    None,

    /// <summary>A backup's registration never arrives.</summary>
    NoRegistration,

    /// <summary>A backup reads gc/ as it was before it registered.</summary>
    CondemnedReadBeforeRegistering,

    /// <summary>A backup sees nothing condemned.</summary>
    CondemnedIgnored,

    /// <summary>A backup is told of the packs that were there before it registered.</summary>
    StalePacks,

    /// <summary>A prune sees the snapshots as they were when it first looked.</summary>
    NoSecondList,

    /// <summary>A prune sees the snapshots as they were right before it listed the sessions.</summary>
    ListsSwapped,

    /// <summary>A prune's abort never arrives.</summary>
    NoFencing,

    /// <summary>A backup commits over an abort.</summary>
    BlindCommit,

    /// <summary>A prune does not see what others have condemned.</summary>
    OtherMarksIgnored,

    /// <summary>A prune sees the packs as they were when it first looked.</summary>
    StalePacksInPrune,

    /// <summary>A mark counts as retired as soon as its sweep is decided.</summary>
    EarlyClose,

    /// <summary>A prune that comes second to decide a sweep believes that it was the first.</summary>
    TwoSweeps,
}
