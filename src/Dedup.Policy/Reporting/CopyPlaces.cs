using Dedup.Evidence;

namespace Dedup.Policy.Reporting;

/// <summary>Finds out where backups lie: where they were made, and where they were mirrored or copied to.</summary>
internal static class CopyPlaces
{
    public static IReadOnlyList<CopyPlace> Find(EvidenceRecord[] known, PolicyDetails? policy, DateTimeOffset from)
    {
        // The repository itself is where backups of its own chain are made; more than one location is one place that machines name differently.
        IEnumerable<(string Location, bool IsReplica, EvidenceRecord Record)> deeds =
        [
            .. known.Where(static record => record.Action == EvidenceAction.Backup && record.Chain == 0).Select(static record => (record.Place, false, record)),
            .. known.Where(static record => record.Action is EvidenceAction.Replicate or EvidenceAction.Copy && record.Object != record.Place).Select(static record => (record.Object, true, record)),
        ];
        List<CopyPlace> places =
        [
            .. deeds.GroupBy(static deed => (deed.Location, deed.IsReplica))
                .Select(group => Describe(group.Key.Location, group.Key.IsReplica, [.. group.Select(static deed => deed.Record)], policy, from)),
        ];

        // Where the policy wants copies and none was ever made is what matters most.
        places.AddRange((policy?.Places ?? []).Where(wanted => !places.Any(place => place.Location == wanted.Location))
            .Select(static wanted => new CopyPlace(wanted.Name, wanted.Location, wanted.IsReplica, 0, 0, null, null, 0)));
        return [.. places.OrderBy(static place => place.IsReplica).ThenBy(static place => place.Location, StringComparer.Ordinal)];
    }

    private static CopyPlace Describe(string location, bool isReplica, EvidenceRecord[] deeds, PolicyDetails? policy, DateTimeOffset from)
    {
        EvidenceRecord[] period = [.. deeds.Where(record => record.Time >= from)];
        string bytes = isReplica ? EvidenceFields.BytesCopied : EvidenceFields.BytesStored;
        return new CopyPlace(
            policy?.Places.FirstOrDefault(place => place.Location == location)?.Name ?? location,
            location,
            isReplica,
            period.Length,
            period.Count(static record => record.Result != EvidenceResult.Success),
            deeds.LastOrDefault(record => record.Result == EvidenceResult.Success || (!isReplica && record.Result == EvidenceResult.Problems))?.Time,
            isReplica ? deeds[^1].Details.FindNumber(EvidenceFields.SnapshotsBehind) : null,
            period.Sum(record => record.Details.FindNumber(bytes) ?? record.Details.FindNumber(EvidenceFields.BytesStored) ?? 0));
    }
}
