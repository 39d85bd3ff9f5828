using System.Globalization;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Verifying;

/// <summary>Compares what a file system tells of entries with what a snapshot holds. Remembers names of the same file.</summary>
internal sealed class MetadataComparison
{
    private const uint Root = 0;

    // Only root may give files away, so that for others owners can only be their own.
    private readonly bool _comparesOwners = Posix.EffectiveUser() == Root;

    private readonly Dictionary<(ulong Device, ulong Inode), ulong> _linked = [];

    /// <summary>What differs, each in words; nothing when all is as it should be.</summary>
    /// <param name="node">The entry as the snapshot has it.</param>
    /// <param name="found">What the file system tells of the one in the folder, of the same type.</param>
    public IEnumerable<string> Compare(Node node, NodeMetadata found)
    {
        NodeMetadata expected = node.Metadata;
        if (expected.Type != NodeType.SymbolicLink && found.Mode != expected.Mode)
        {
            yield return $"has mode {Octal(found.Mode)} where {Octal(expected.Mode)} is due";
        }

        if (_comparesOwners && (found.UserId != expected.UserId || found.GroupId != expected.GroupId))
        {
            yield return $"belongs to {found.UserId}:{found.GroupId} where {expected.UserId}:{expected.GroupId} is due";
        }

        if (found.ModifiedNs != expected.ModifiedNs)
        {
            yield return $"was modified at {Time(found.ModifiedNs)} where {Time(expected.ModifiedNs)} is due";
        }

        if (found.DeviceMajor != expected.DeviceMajor || found.DeviceMinor != expected.DeviceMinor)
        {
            yield return $"is device {found.DeviceMajor}:{found.DeviceMinor} where {expected.DeviceMajor}:{expected.DeviceMinor} is due";
        }

        if (expected.Type != NodeType.Directory && expected.LinkCount > 1
            && !_linked.TryAdd((expected.LinkDevice, expected.Inode), found.Inode) && _linked[(expected.LinkDevice, expected.Inode)] != found.Inode)
        {
            yield return "is another file than the one it was a second name of";
        }
    }

    private static string Octal(uint mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    private static string Time(long ns) => UnixTime.ToDateTimeOffset(ns).ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}
