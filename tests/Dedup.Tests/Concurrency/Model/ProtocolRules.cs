namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// Which protocol is explored. All switches off: as decided. <see cref="SweepsKept"/> and <see cref="SessionsDeleted"/> refine it; each of the
/// others breaks one of its rules.
/// </summary>
internal sealed record ProtocolRules
{
    /// <summary>The protocol as decided, in its coarsest form: a record is retired in one step, and only a mark without a sweep is adopted.</summary>
    public static ProtocolRules AsDecided { get; } = new();

    /// <summary>
    /// The protocol with what the store really holds: sweeps stay for ever, a done record is put once a sweep's packs are deleted, the mark
    /// is deleted after that, any mark still there may be adopted, and the session object goes once its slot is decided.
    /// </summary>
    public static ProtocolRules AsStored { get; } = new() { SweepsKept = true, SessionsDeleted = true };

    /// <summary>See <see cref="AsStored"/>.</summary>
    public bool SweepsKept { get; init; }

    /// <summary>See <see cref="AsStored"/>.</summary>
    public bool SessionsDeleted { get; init; }

    /// <summary>B1: the backup puts no session.</summary>
    public bool NoRegistration { get; init; }

    /// <summary>B2: the backup reads gc/ before it puts its session.</summary>
    public bool GcReadBeforeRegistering { get; init; }

    /// <summary>B3: the backup reuses condemned packs.</summary>
    public bool CondemnedIgnored { get; init; }

    /// <summary>B3: the backup reuses packs of a LIST from before it registered.</summary>
    public bool StaleIndex { get; init; }

    /// <summary>B5: the backup commits although its slot holds an abort.</summary>
    public bool BlindCommit { get; init; }

    /// <summary>G5: the prune relies on the snapshots that it found before it marked.</summary>
    public bool NoSecondSnapshotList { get; init; }

    /// <summary>G4 and G5: the prune LISTs snapshots, then sessions, and takes a decided slot for one that it has counted.</summary>
    public bool SnapshotsListedBeforeSessions { get; init; }

    /// <summary>G5: the prune leaves undecided sessions alone.</summary>
    public bool NoFencing { get; init; }

    /// <summary>G6: the prune counts on packs that other prunes have condemned since.</summary>
    public bool OtherMarksIgnored { get; init; }

    /// <summary>G2 and G6: the prune counts on packs of a LIST from before it read gc/.</summary>
    public bool StalePackList { get; init; }

    /// <summary>G7: the prune puts its own sweep over one that is there.</summary>
    public bool SweepOverwritten { get; init; }

    /// <summary>G8: the record is retired before its packs are deleted.</summary>
    public bool RetiredBeforeDeletion { get; init; }

    /// <summary>G8: the sweep is deleted with its mark, and who adopted that mark can put it once more.</summary>
    public bool SweepsDeleted { get; init; }
}
