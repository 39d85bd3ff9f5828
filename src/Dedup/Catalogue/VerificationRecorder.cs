namespace Dedup.Catalogue;

/// <summary>
/// Notes in the ledger what was found of each pack, a few at a time, so that a check that is broken off has not read in vain.
/// Called from every thread of an operation.
/// </summary>
internal sealed class VerificationRecorder
{
    /// <summary>About a gibibyte of full packs: worth a transaction.</summary>
    private const int PacksPerTransaction = 32;

    private readonly VerificationLedger _ledger;
    private readonly TimeProvider _time;
    private readonly Dictionary<PackId, Verification> _known;
    private readonly Dictionary<PackId, Verification> _pending = [];
    private readonly Lock _lock = new();

    /// <exception cref="CatalogueException">The ledger's folder cannot be used.</exception>
    public VerificationRecorder(VerificationLedger ledger, TimeProvider time)
    {
        _ledger = ledger;
        _time = time;
        _known = ledger.Read();
    }

    /// <summary>What is remembered, this check's own findings included. Not while packs are being checked.</summary>
    public IReadOnlyDictionary<PackId, Verification> Known => _known;

    /// <summary>The moment: nanoseconds since 1970-01-01 UTC.</summary>
    public long NowNs => UnixTime.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Notes that a pack was read whole, or that it was found damaged in whatever way.</summary>
    /// <exception cref="CatalogueException">The ledger cannot be written.</exception>
    public void Add(PackId pack, bool isWhole)
    {
        lock (_lock)
        {
            Verification verification = isWhole ? new Verification(NowNs, IsDamaged: false) : new Verification(0, IsDamaged: true);
            _known[pack] = verification;
            _pending[pack] = verification;
            if (_pending.Count >= PacksPerTransaction)
            {
                Flush([]);
            }
        }
    }

    /// <summary>Writes what is left, and forgets packs that are not there any more.</summary>
    /// <exception cref="CatalogueException">The ledger cannot be written.</exception>
    public void Complete(IEnumerable<PackId> present)
    {
        lock (_lock)
        {
            PackId[] gone = [.. _known.Keys.Except(present)];
            Flush(gone);
            foreach (PackId pack in gone)
            {
                _known.Remove(pack);
            }
        }
    }

    private void Flush(IReadOnlyCollection<PackId> gone)
    {
        _ledger.Record(_pending, gone);
        _pending.Clear();
    }
}
