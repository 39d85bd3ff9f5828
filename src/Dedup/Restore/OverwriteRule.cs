using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Decides what becomes of what is in the target already, by what a look at it tells.</summary>
internal static class OverwriteRule
{
    /// <summary>Decides about an entry that is not a directory in the snapshot.</summary>
    /// <param name="mode">What the user wants.</param>
    /// <param name="node">What it was in the snapshot.</param>
    /// <param name="there">What is there.</param>
    /// <param name="ownership">Who is to own it.</param>
    public static TargetPlan Decide(OverwriteMode mode, Node node, in PosixStatus there, TargetOwnership ownership)
    {
        NodeMetadata metadata = node.Metadata;
        bool isFile = metadata.Type == NodeType.File && there.Type == PosixStatus.TypeFile;
        bool isUnfinished = isFile && (there.Mode & PosixStatus.PermissionMask) == TargetDirectory.UnfinishedFile;
        if (!isUnfinished && !MayOverwrite(mode, node, there))
        {
            return TargetPlan.Leave;
        }

        if (!isFile)
        {
            return IsSameSpecial(metadata, there) ? TargetPlan.Keep : TargetPlan.Replace;
        }

        // With further names it would change elsewhere too.
        if (there.LinkCount > 1)
        {
            return TargetPlan.Replace;
        }

        if (mode == OverwriteMode.IfChanged && !isUnfinished && LooksSame(metadata, there))
        {
            return TargetPlan.Keep;
        }

        // Somebody else may have the file open and would read what is written to it; and only its owner may change its mode.
        uint user = ownership.EffectiveUser;
        return there.UserId == user || (user == 0 && there.UserId == ownership.Of(metadata).UserId) ? TargetPlan.Update : TargetPlan.Replace;
    }

    /// <summary>Whether what is there may be changed at all.</summary>
    public static bool MayOverwrite(OverwriteMode mode, Node node, in PosixStatus there) => mode switch
    {
        OverwriteMode.Never => false,
        OverwriteMode.IfNewer => node.Metadata.ModifiedNs > ModifiedNs(there),
        _ => true,
    };

    /// <summary>Whether an entry with several names is just what it was, so that it need not be made anew: it may not be changed, as it would change elsewhere too.</summary>
    public static bool IsSameShared(NodeMetadata metadata, in PosixStatus there, TargetOwnership ownership) =>
        there.LinkCount <= metadata.LinkCount
        && (metadata.Type == NodeType.SymbolicLink || (there.Mode & PosixStatus.PermissionMask) == metadata.Mode)
        && (there.UserId, there.GroupId) == ownership.Of(metadata)
        && LooksSame(metadata, there);

    /// <summary>Whether what is there is of the kind, the length and the time that the snapshot has.</summary>
    public static bool LooksSame(NodeMetadata metadata, in PosixStatus there) =>
        there.Type == TargetMetadata.TypeBits(metadata.Type)
        && (metadata.Type != NodeType.File || there.Size == (ulong)metadata.Size)
        && ModifiedNs(there) == metadata.ModifiedNs;

    // A symbolic link's target is for the caller to compare.
    private static bool IsSameSpecial(NodeMetadata metadata, in PosixStatus there) =>
        metadata.Type != NodeType.File
        && there.Type == TargetMetadata.TypeBits(metadata.Type)
        && there.LinkCount == 1
        && (there.NodeMajor, there.NodeMinor) == (metadata.DeviceMajor, metadata.DeviceMinor);

    private static long ModifiedNs(in PosixStatus there) => PosixTimes.ToNanoseconds(there.ModifiedSeconds, there.ModifiedNanoseconds);
}
