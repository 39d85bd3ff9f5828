namespace Dedup.Tests.Concurrency.Model;

/// <summary>What a prune does next. One step is one request to the store, with what is computed from its answer.</summary>
internal enum PruneStep
{
    /// <summary>Starts with a mark of its own, or adopts one.</summary>
    Start,

    /// <summary>G1: LISTs snapshots, one after the other; then reads the marks (G2).</summary>
    FindLive,

    /// <summary>G2: reads the sweeps.</summary>
    ReadSweeps,

    /// <summary>G2: LISTs packs, chooses those to go, and may copy the blob.</summary>
    Plan,

    /// <summary>G3: puts its mark.</summary>
    PutMark,

    /// <summary>G4: LISTs sessions, one after the other.</summary>
    ListSessions,

    /// <summary>G5: LISTs snapshots, one after the other, and aborts undecided sessions.</summary>
    DecideSlots,

    /// <summary>G6: reads the marks again.</summary>
    ReadMarksAgain,

    /// <summary>G6: reads the sweeps again.</summary>
    ReadSweepsAgain,

    /// <summary>G7: LISTs packs and puts the sweep, or takes the one that is there.</summary>
    PutSweep,

    /// <summary>Looks whether the sweep is done; only where sweeps are kept.</summary>
    LookForDone,

    /// <summary>G8: deletes one pack after the other, then retires the record.</summary>
    Delete,

    /// <summary>Deletes the mark; only where sweeps are kept.</summary>
    DeleteMark,

    /// <summary>Has nothing more to do.</summary>
    Finished,
}
