using System.Globalization;
using Dedup.Storage;

namespace Dedup;

/// <summary>The names of a repository's objects and the folders they lie in.</summary>
internal static class RepositoryObjects
{
    public const string Keys = "keys", Packs = "packs", Index = "index", Sessions = "sessions", Snapshots = "snapshots", Gc = "gc", Forgotten = "forgotten", Probes = "probe", Swept = "swept", Evidence = "evidence";

    public static ObjectName Config { get; } = ObjectName.Parse("config");

    public static ObjectName Key(Bytes32 id) => ObjectName.Parse($"{Keys}/{id}");

    public static ObjectName Pack(PackId id) => ObjectName.Parse($"{Packs}/{id}");

    public static ObjectName Segment(Bytes32 id) => ObjectName.Parse($"{Index}/{id}");

    public static ObjectName Session(SnapshotId id) => ObjectName.Parse($"{Sessions}/{id}");

    public static ObjectName Snapshot(SnapshotId id) => ObjectName.Parse($"{Snapshots}/{id}");

    public static ObjectName ForgottenRecord(SnapshotId id) => ObjectName.Parse($"{Forgotten}/{id}");

    public static ObjectName Probe(SnapshotId id) => ObjectName.Parse($"{Probes}/{id}");

    /// <summary>The record of a step of a prune: its number in 16 hexadecimal digits, and the step.</summary>
    public static ObjectName GcRecord(long number, GcStep step) => ObjectName.Parse($"{Gc}/{number:x16}.{Suffix(step)}");

    /// <summary>The number and step that the last part of a record's name says.</summary>
    /// <returns>Whether it is the name of a record.</returns>
    public static bool TryParseGcRecord(string leaf, out long number, out GcStep step)
    {
        number = 0;
        step = default;
        string[] parts = leaf.Split('.');
        if (parts.Length != 2 || parts[0].Length != 16
            || !long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) || number < 1)
        {
            return false;
        }

        foreach (GcStep candidate in Enum.GetValues<GcStep>())
        {
            if (parts[1] == Suffix(candidate))
            {
                step = candidate;
                return leaf == GcRecord(number, step).Leaf;
            }
        }

        return false;
    }

    /// <summary>The copy of a sweep of the repository that a replica mirrors: its number, and the hash of the record, so that no two ever have one name.</summary>
    public static ObjectName SweptRecord(long number, Bytes32 hash) => ObjectName.Parse($"{Swept}/{number:x16}-{hash}");

    /// <summary>The number and hash that the last part of a copied sweep's name says.</summary>
    /// <returns>Whether it is the name of one.</returns>
    public static bool TryParseSwept(string leaf, out long number, out Bytes32 hash)
    {
        number = 0;
        hash = default;
        string[] parts = leaf.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number >= 1
            && Bytes32.TryParse(parts[1], out hash)
            && leaf == SweptRecord(number, hash).Leaf;
    }

    /// <summary>In a replica: which chain of evidence the records of what is done with the replica itself belong to.</summary>
    public static ObjectName EvidenceChain { get; } = ObjectName.Parse($"{Evidence}/chain");

    /// <summary>A record of evidence: its chain and its number in it, 16 hexadecimal digits each.</summary>
    public static ObjectName EvidenceRecord(ulong chain, long number) => ObjectName.Parse($"{Evidence}/{chain:x16}-{number:x16}");

    /// <summary>The chain and number that the last part of a record's name says.</summary>
    /// <returns>Whether it is the name of one.</returns>
    public static bool TryParseEvidence(string leaf, out ulong chain, out long number)
    {
        chain = 0;
        number = 0;
        string[] parts = leaf.Split('-');
        return parts.Length == 2
            && ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out chain)
            && long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number >= 1
            && leaf == EvidenceRecord(chain, number).Leaf;
    }

    private static string Suffix(GcStep step) => step switch
    {
        GcStep.Mark => "mark",
        GcStep.Sweep => "sweep",
        GcStep.Retirement => "done",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
