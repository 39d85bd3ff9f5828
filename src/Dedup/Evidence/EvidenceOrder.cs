namespace Dedup.Evidence;

/// <summary>Puts records of several chains into one order.</summary>
internal static class EvidenceOrder
{
    /// <summary>By time, one record a deed: of several, the first that knows how it ended.</summary>
    public static IReadOnlyList<EvidenceRecord> Arrange(IEnumerable<EvidenceRecord> records) =>
    [
        .. records.GroupBy(static record => record.Operation)
            .Select(static deed => deed.OrderBy(static record => record.Result == EvidenceResult.Interrupted).ThenBy(static record => record.Number).First())
            .OrderBy(static record => record.Time).ThenBy(static record => record.Chain).ThenBy(static record => record.Number),
    ];
}
