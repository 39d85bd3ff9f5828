namespace Dedup.Evidence;

/// <summary>Compares records with each other: numbers without gaps, each naming the one before it. A pure function.</summary>
internal static class ChainAudit
{
    private static readonly string NoHash = new('0', 64);

    /// <summary>Audits all chains.</summary>
    /// <param name="items">What lies where records belong, in any order, each name once.</param>
    /// <param name="known">Records that were seen earlier and must still be there.</param>
    public static (List<EvidenceChainState> Chains, List<EvidenceFinding> Findings) Run(IEnumerable<EvidenceItem> items, IReadOnlyCollection<KnownRecord> known)
    {
        List<EvidenceChainState> chains = [];
        List<EvidenceFinding> findings = [];
        foreach (IGrouping<ulong, EvidenceItem> chain in items.GroupBy(static item => item.Chain).OrderBy(static chain => chain.Key))
        {
            EvidenceItem[] sorted = [.. chain.OrderBy(static item => item.Number)];
            AuditChain(sorted, findings);
            if (Describe(chain.Key, sorted) is { } state)
            {
                chains.Add(state);
            }
        }

        ILookup<ulong, EvidenceItem> byChain = items.ToLookup(static item => item.Chain);
        foreach (KnownRecord record in known)
        {
            Compare(record, [.. byChain[record.Chain]], findings);
        }

        return (chains, findings);
    }

    private static void AuditChain(EvidenceItem[] sorted, List<EvidenceFinding> findings)
    {
        long expected = 1;
        EvidenceItem? previous = null;
        foreach (EvidenceItem item in sorted)
        {
            if (item.Number > expected)
            {
                long missing = item.Number - expected;
                findings.Add(new EvidenceFinding(
                    EvidenceFindingKind.Missing, RepositoryObjects.EvidenceRecord(item.Chain, expected).Value,
                    missing == 1 ? $"record {expected} is missing" : $"records {expected} to {item.Number - 1} are missing"));
                previous = null;
            }

            if (item.Record is null)
            {
                findings.Add(new EvidenceFinding(EvidenceFindingKind.Damaged, item.ObjectName, item.Damage));
            }
            else if (!IsLinked(item.Record, previous))
            {
                findings.Add(new EvidenceFinding(EvidenceFindingKind.BrokenLink, item.ObjectName, $"record {item.Number} does not name the record before it"));
            }

            previous = item;
            expected = checked(item.Number + 1);
        }
    }

    /// <summary>Where the one before is missing or damaged, there is nothing to compare: that is told of the one before.</summary>
    private static bool IsLinked(EvidenceRecord record, EvidenceItem? previous) =>
        previous?.Record is { } before ? record.PreviousHash == before.Hash : record.Number > 1 || record.PreviousHash == NoHash;

    private static EvidenceChainState? Describe(ulong chain, EvidenceItem[] sorted)
    {
        EvidenceRecord[] whole = [.. sorted.Where(static item => item.Record is not null).Select(static item => item.Record!)];
        return whole.Length == 0
            ? null
            : new EvidenceChainState(chain, whole.Length, whole[^1].Number, whole[^1].Hash, whole[0].Time, whole[^1].Time);
    }

    private static void Compare(KnownRecord known, EvidenceItem[] chain, List<EvidenceFinding> findings)
    {
        string name = RepositoryObjects.EvidenceRecord(known.Chain, known.Number).Value;
        if (Array.Find(chain, item => item.Number == known.Number) is { } present)
        {
            if (present.Record is { } record && known.Hash != NoHash && record.Hash != known.Hash)
            {
                findings.Add(new EvidenceFinding(
                    EvidenceFindingKind.Replaced, name, $"record {known.Number} is not the one that {known.Where}: another one was put in its place"));
            }
        }
        else if (chain.All(item => item.Number < known.Number))
        {
            long last = chain.Length == 0 ? 0 : chain.Max(static item => item.Number);
            findings.Add(new EvidenceFinding(
                EvidenceFindingKind.Truncated, name, $"record {known.Number} {known.Where}, and the chain ends with {last}: its end was cut off, or the store shows an old state"));
        }
    }
}
