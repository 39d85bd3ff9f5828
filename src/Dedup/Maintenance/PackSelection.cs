using Dedup.Catalogue;

namespace Dedup.Maintenance;

/// <summary>Picks the packs that a check reads whole.</summary>
internal static class PackSelection
{
    /// <summary>Picks.</summary>
    /// <param name="packs">All packs with their lengths.</param>
    /// <param name="ledger">What is remembered of them.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="nowNs">Nanoseconds since 1970-01-01 UTC.</param>
    /// <returns>Those to be read, in the order in which to read them.</returns>
    public static IReadOnlyList<PackId> Pick(
        IReadOnlyCollection<(PackId Id, long Length)> packs, IReadOnlyDictionary<PackId, Verification> ledger, CheckOptions options, long nowNs)
    {
        if (!options.ReadData)
        {
            return [];
        }

        // By id first, so that what is picked does not depend on the order in which the store lists.
        (PackId Id, long Length)[] candidates = [.. packs.OrderBy(pack => pack.Id)];
        if (options.Subset is { Number: > 0 } part)
        {
            candidates = [.. candidates.Where(pack => pack.Id.Bytes.Prefix % (ulong)part.Count == (ulong)part.Number - 1)];
        }

        if (options.OlderThan is { } age)
        {
            candidates = [.. candidates.Where(pack => IsDue(ledger.GetValueOrDefault(pack.Id), age, nowNs))
                .OrderBy(pack => ledger.GetValueOrDefault(pack.Id).IsDamaged ? 0 : 1)
                .ThenBy(pack => ledger.GetValueOrDefault(pack.Id).VerifiedBefore(nowNs) ?? 0)];
        }
        else if (options.Subset is { IsRandom: true })
        {
            new Random(options.Seed).Shuffle(candidates);
        }

        return [.. Limit(candidates, MaxBytes(options.Subset, packs)).Select(pack => pack.Id)];
    }

    /// <summary>Whether a pack was not read and found whole within a period; <see langword="null"/> for ever.</summary>
    public static bool IsDue(Verification verification, TimeSpan? period, long nowNs) =>
        verification.VerifiedBefore(nowNs) is not { } verified || (period is { } age && (Int128)nowNs - verified >= (Int128)age.Ticks * 100);

    private static long MaxBytes(PackSubset? subset, IReadOnlyCollection<(PackId Id, long Length)> packs) => subset switch
    {
        { MaxBytes: { } bytes } => bytes,
        { OfAll: 1 } => long.MaxValue,
        { OfAll: { } share } => (long)Math.Ceiling(Amount.Sum(packs, pack => pack.Length) * share),
        _ => long.MaxValue,
    };

    /// <summary>One that does not fit any more is passed over for those that do.</summary>
    private static IEnumerable<(PackId Id, long Length)> Limit(IEnumerable<(PackId Id, long Length)> packs, long left)
    {
        foreach ((PackId Id, long Length) pack in packs)
        {
            if (pack.Length <= left)
            {
                left -= pack.Length;
                yield return pack;
            }
        }
    }
}
