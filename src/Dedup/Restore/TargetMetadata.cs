using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Gives an open entry of the target its metadata back, as far as the process may, and says what could not be given.</summary>
internal static class TargetMetadata
{
    private const uint SetUserIdAndSetGroupId = 0xC00;

    /// <summary>Applies everything, in the order in which nothing undoes what went before.</summary>
    /// <param name="entry">The entry, open or path-only.</param>
    /// <param name="path">Names the entry for people; asked only when there is a problem, as it costs the whole way up.</param>
    /// <param name="metadata">What it shall have.</param>
    /// <param name="xattrs">The extended attributes it shall have, in any order.</param>
    /// <param name="ownership">Who is to own it.</param>
    /// <param name="present">What the entry is known to have.</param>
    /// <returns>What could not be given; empty when all could. An owner that could not be set is noted with <paramref name="ownership"/> alone.</returns>
    // A change of owner clears set-user-id and file capabilities, and an access control list changes the group's bits of the mode;
    // the times come last, as some file systems count any of these as a modification.
    public static IReadOnlyList<RestoreProblem> Apply(
        PosixHandle entry, Func<string> path, NodeMetadata metadata, IReadOnlyList<ExtendedAttribute> xattrs, TargetOwnership ownership, PresentTraits? present = null)
    {
        List<RestoreProblem> problems = [];
        (uint userId, uint groupId) = ownership.Of(metadata);
        bool isAsItWas = present?.UserId == userId && present.GroupId == groupId;
        bool isOwned = isAsItWas || ApplyOwner(entry, userId, groupId, ownership);
        if (xattrs.Count > 0 || present is not { HasXattrs: false })
        {
            isAsItWas &= !TargetXattrs.Apply(entry, path, xattrs, problems);
        }

        if (metadata.Type != NodeType.SymbolicLink && !(isAsItWas && present!.Mode == metadata.Mode))
        {
            isAsItWas = false;
            ApplyMode(entry, path, metadata, isOwned, problems);
        }

        if (!(isAsItWas && present!.ModifiedNs == metadata.ModifiedNs))
        {
            ApplyTime(entry, path, metadata.ModifiedNs, problems);
        }

        return problems;
    }

    /// <summary>The kernel's value for a type.</summary>
    public static uint TypeBits(NodeType type) => type switch
    {
        NodeType.File => PosixStatus.TypeFile,
        NodeType.Directory => PosixStatus.TypeDirectory,
        NodeType.SymbolicLink => PosixStatus.TypeSymbolicLink,
        NodeType.CharacterDevice => PosixStatus.TypeCharacterDevice,
        NodeType.BlockDevice => PosixStatus.TypeBlockDevice,
        NodeType.Fifo => PosixStatus.TypeFifo,
        NodeType.Socket => PosixStatus.TypeSocket,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static bool ApplyOwner(PosixHandle entry, uint userId, uint groupId, TargetOwnership ownership)
    {
        int error = Posix.SetOwner(entry, userId, groupId);
        if (error == 0)
        {
            return true;
        }

        // An ordinary user may still set the group to one of his own, or leave an owner who is himself.
        _ = Posix.SetOwner(entry, userId, Posix.Unchanged);
        _ = Posix.SetOwner(entry, Posix.Unchanged, groupId);
        ownership.NoteRefusal(error);
        return false;
    }

    // Set-user-id lends the owner's rights: on an entry that got another owner it would lend those of someone who never agreed.
    private static void ApplyMode(PosixHandle entry, Func<string> path, NodeMetadata metadata, bool isOwned, List<RestoreProblem> problems)
    {
        uint mode = metadata.Mode & PosixStatus.PermissionMask;
        if (!isOwned && (mode & SetUserIdAndSetGroupId) != 0)
        {
            mode &= ~SetUserIdAndSetGroupId;
            problems.Add(new RestoreProblem(path(), "set-user-id and set-group-id were left out, as the owner could not be set"));
        }

        int error = Posix.SetMode(entry, mode);
        if (error < 0)
        {
            problems.Add(new RestoreProblem(path(), $"mode {Convert.ToString(mode, 8)} could not be set: {PosixErrno.Describe(error)}"));
        }
    }

    private static void ApplyTime(PosixHandle entry, Func<string> path, long modifiedNs, List<RestoreProblem> problems)
    {
        int error = Posix.SetTimes(entry, modifiedNs);
        if (error < 0)
        {
            problems.Add(new RestoreProblem(path(), $"time could not be set: {PosixErrno.Describe(error)}"));
            return;
        }

        // Every file system keeps seconds of 32 bits (1901 to 2038); beyond, the kernel clamps to what this one can keep and says nothing.
        (long seconds, _) = PosixTimes.Split(modifiedNs);
        if (seconds is < int.MinValue or > int.MaxValue
            && Posix.Stat(entry, out PosixStatus status) == 0
            && status.ModifiedSeconds != seconds)
        {
            problems.Add(new RestoreProblem(path(), $"time is out of this file system's range and was set to the nearest one it has"));
        }
    }
}
