namespace Dedup.Fuzz;

/// <summary>All fuzzers, by name.</summary>
internal static class FuzzerCatalogue
{
    private static readonly SortedDictionary<string, Func<Fuzzer>> Makers = new(StringComparer.Ordinal)
    {
        ["argument"] = static () => new ArgumentFuzzer(),
        ["blob"] = static () => new BlobFuzzer(),
        ["catalogue"] = static () => new CatalogueFuzzer(),
        ["chunker"] = static () => new ChunkerFuzzer(),
        ["command-line"] = static () => new CommandLineFuzzer(),
        ["config"] = static () => new ConfigFuzzer(),
        ["evidence"] = static () => new EvidenceFuzzer(),
        ["forgotten"] = static () => new ForgottenFuzzer(),
        ["gc-mark"] = static () => new GcRecordFuzzer(GcStep.Mark),
        ["gc-retirement"] = static () => new GcRecordFuzzer(GcStep.Retirement),
        ["gc-sweep"] = static () => new GcRecordFuzzer(GcStep.Sweep),
        ["hostile-tree"] = static () => new TreeFuzzer(),
        ["index-segment"] = static () => new IndexSegmentFuzzer(),
        ["key-label"] = static () => new KeyLabelFuzzer(),
        ["key-slot"] = static () => new KeySlotFuzzer(),
        ["ledger"] = static () => new LedgerFuzzer(),
        ["list"] = static () => new ListPageFuzzer(),
        ["listing"] = static () => new ListingFuzzer(),
        ["name"] = static () => new NameFuzzer(),
        ["pack-footer"] = static () => new PackFooterFuzzer(),
        ["pack-header"] = static () => new PackHeaderFuzzer(),
        ["pack-scan"] = static () => new PackScanFuzzer(),
        ["page-record"] = static () => new PageRecordFuzzer(),
        ["pattern"] = static () => new PatternFuzzer(),
        ["pattern-file"] = static () => new PatternFileFuzzer(),
        ["policy"] = static () => new PolicyFuzzer(),
        ["propfind"] = static () => new PropfindFuzzer(),
        ["recovery-code"] = static () => new RecoveryCodeFuzzer(),
        ["repository"] = static () => new RepositoryFuzzer(),
        ["request-path"] = static () => new RequestPathFuzzer(),
        ["retention"] = static () => new RetentionFuzzer(),
        ["sealed-object"] = static () => new SealedObjectFuzzer(),
        ["session"] = static () => new SessionFuzzer(),
        ["slot-log"] = static () => new SlotLogFuzzer(),
        ["snapshot"] = static () => new CommitSlotFuzzer(),
        ["tree"] = static () => new TreePageFuzzer(),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>Makes a fuzzer.</summary>
    /// <exception cref="FuzzUsageException">There is none of that name.</exception>
    public static Fuzzer Make(string name) => Makers.TryGetValue(name, out Func<Fuzzer>? make)
        ? make()
        : throw new FuzzUsageException($"there is no fuzzer '{name}'; there are {string.Join(", ", Names)}");
}
