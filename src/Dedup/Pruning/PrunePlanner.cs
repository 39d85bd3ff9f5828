using Dedup.Packing;

namespace Dedup.Pruning;

/// <summary>Decides which packs go, from how much of each is needed.</summary>
internal static class PrunePlanner
{
    /// <summary>
    /// A pack shorter than this part of a full one is small. When so many of a kind have gathered (every backup leaves a few) they
    /// are merged: each byte is then rewritten a few times over the years, and the number of packs does not grow with that of backups.
    /// </summary>
    private const int SmallShare = 4, SmallPacks = 32;

    /// <param name="packs">All packs that may be touched.</param>
    /// <param name="maxUnused">As <see cref="PruneOptions.MaxUnused"/>.</param>
    public static PrunePlan Plan(IReadOnlyList<PackUse> packs, double maxUnused)
    {
        PackUse[] dead = [.. packs.Where(pack => pack.UsedBlobs == 0)];
        PackUse[] used = [.. packs.Where(pack => pack.UsedBlobs > 0)];
        long unused = used.Sum(pack => pack.UnusedBytes);

        // The share is of what remains, needed or not: u / (u + needed) = max.
        double allowed = maxUnused >= 1 ? double.MaxValue : used.Sum(pack => pack.UsedBytes) * maxUnused / (1 - maxUnused);
        HashSet<PackUse> repacked = [];

        // Those first that give most room for the least writing.
        foreach (PackUse pack in used.Where(pack => pack is { UnusedBytes: > 0, IsDamaged: false }).OrderByDescending(pack => (double)pack.UnusedBytes / pack.RecordBytes))
        {
            if (unused <= allowed)
            {
                break;
            }

            repacked.Add(pack);
            unused -= pack.UnusedBytes;
        }

        foreach (PackKind kind in Enum.GetValues<PackKind>())
        {
            PackUse[] small = [.. used.Where(pack => pack.Kind == kind && !pack.IsDamaged && IsSmall(pack) && !repacked.Contains(pack))];
            if (small.Length >= SmallPacks)
            {
                repacked.UnionWith(small);
                unused -= small.Sum(pack => pack.UnusedBytes);
            }
        }

        return new PrunePlan(dead, [.. used.Where(repacked.Contains)], unused);
    }

    private static bool IsSmall(PackUse pack) => pack.Length < PackTargets.Length(pack.Kind) / SmallShare && pack.Blobs < PackTargets.MaxBlobs / SmallShare;
}
