using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Makes the extended attributes of an entry of the target those of the snapshot.</summary>
internal static class TargetXattrs
{
    // The kernel's bound for a list and for a value.
    private const int MaxLength = 64 << 10;

    /// <summary>Sets what differs, and removes what the snapshot does not have where that is the user's own to decide.</summary>
    /// <param name="entry">The entry, open or path-only.</param>
    /// <param name="path">Names the entry for people; asked only when there is a problem, as it costs the whole way up.</param>
    /// <param name="xattrs">What it shall have.</param>
    /// <param name="problems">Takes what could not be done.</param>
    /// <returns>Whether anything was set or removed, or should have been.</returns>
    public static bool Apply(PosixHandle entry, Func<string> path, IReadOnlyList<ExtendedAttribute> xattrs, List<RestoreProblem> problems)
    {
        bool isChanged = RemoveOthers(entry, path, xattrs, problems);
        foreach (ExtendedAttribute xattr in xattrs)
        {
            // Names come from the repository; the kernel's own bound is 255, and a longer one would not reach it.
            if (xattr.Name.Length is 0 or > Limits.MaxXattrNameLength || xattr.Name.AsSpan().Contains((byte)0))
            {
                problems.Add(new RestoreProblem(path(), $"attribute '{EntryName.Display(xattr.Name)}' has an impossible name"));
                continue;
            }

            // What the system set by itself, such as a security label, an ordinary user may not set, but need not.
            if (HasAlready(entry, xattr))
            {
                continue;
            }

            int error = Posix.SetXattr(entry, xattr.Name, xattr.Value);
            if (error < 0)
            {
                problems.Add(Problem(path, xattr.Name, "set", error));
            }

            isChanged = true;
        }

        return isChanged;
    }

    private static bool HasAlready(PosixHandle entry, ExtendedAttribute xattr)
    {
        byte[] value = new byte[xattr.Value.Length + 1];
        int length = Posix.GetXattr(entry, [], xattr.Name, value);
        return length >= 0 && value.AsSpan(0, length).SequenceEqual(xattr.Value);
    }

    /// <summary>Whether nothing would have to be set or removed.</summary>
    public static bool AreSame(PosixHandle entry, IReadOnlyList<ExtendedAttribute> xattrs) =>
        xattrs.All(xattr => HasAlready(entry, xattr)) && FindOthers(entry, xattrs).Count == 0;

    private static bool RemoveOthers(PosixHandle entry, Func<string> path, IReadOnlyList<ExtendedAttribute> xattrs, List<RestoreProblem> problems)
    {
        List<byte[]> others = FindOthers(entry, xattrs);
        foreach (byte[] name in others)
        {
            int error = Posix.RemoveXattr(entry, name);
            if (error < 0)
            {
                problems.Add(Problem(path, name, "removed", error));
            }
        }

        return others.Count > 0;
    }

    // A list that an entry inherited from its directory, and capabilities of the file that was there, grant what nobody granted in the
    // snapshot. Other attributes of the system's own stay.
    private static List<byte[]> FindOthers(PosixHandle entry, IReadOnlyList<ExtendedAttribute> xattrs)
    {
        List<byte[]> others = [];
        int length = Posix.ListXattrs(entry, [], []);
        if (length <= 0)
        {
            return others;
        }

        byte[] buffer = new byte[MaxLength];
        length = Posix.ListXattrs(entry, [], buffer);
        ReadOnlySpan<byte> names = buffer.AsSpan(0, Math.Max(length, 0));
        foreach (Range range in names.Split((byte)0))
        {
            byte[] name = names[range].ToArray();
            bool isUsers = name.AsSpan().StartsWith("user."u8) || name.AsSpan().StartsWith("system.posix_acl_"u8);
            bool grants = isUsers || name.AsSpan().SequenceEqual("security.capability"u8);
            if (grants && !xattrs.Any(xattr => xattr.Name.AsSpan().SequenceEqual(name)))
            {
                others.Add(name);
            }
        }

        return others;
    }

    private static RestoreProblem Problem(Func<string> path, byte[] name, string what, int error) =>
        new(path(), $"attribute '{EntryName.Display(name)}' could not be {what}: {PosixErrno.Describe(error)}");
}
