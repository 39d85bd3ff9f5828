using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <content>
/// Extended attributes. Where a call takes an entry, the handle is a directory and the entry a name in it, reached through
/// /proc/self/fd and never followed when it is a link; with an empty entry the handle itself is meant.
/// </content>
internal static partial class Posix
{
    /// <summary>Lists the names of all attributes, each ended with NUL.</summary>
    /// <returns>How many bytes were filled; with an empty buffer, how many are needed.</returns>
    public static unsafe int ListXattrs(PosixHandle handle, ReadOnlySpan<byte> entry, Span<byte> names)
    {
        long result;
        fixed (byte* buffer = names)
        {
            nuint size = (nuint)names.Length;
            if (entry.IsEmpty && !handle.IsPathOnly)
            {
                while (Interrupted(flistxattr(handle, buffer, size), out result))
                {
                }

                return (int)result;
            }

            byte* text = stackalloc byte[MaxProcPath];
            using PosixProcPath path = new(handle, entry, new Span<byte>(text, MaxProcPath));
            // A path-only handle is reached by following the link that /proc has for it, and no link beyond.
            while (Interrupted(entry.IsEmpty ? listxattr(text, buffer, size) : llistxattr(text, buffer, size), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Reads the value of an attribute.</summary>
    /// <returns>The length of the value; with an empty buffer, how long it is.</returns>
    public static unsafe int GetXattr(PosixHandle handle, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name, Span<byte> value)
    {
        long result;
        byte* attribute = stackalloc byte[MaxStackName + 1];
        Terminate(name, attribute);
        fixed (byte* buffer = value)
        {
            nuint size = (nuint)value.Length;
            if (entry.IsEmpty && !handle.IsPathOnly)
            {
                while (Interrupted(fgetxattr(handle, attribute, buffer, size), out result))
                {
                }

                return (int)result;
            }

            byte* text = stackalloc byte[MaxProcPath];
            using PosixProcPath path = new(handle, entry, new Span<byte>(text, MaxProcPath));
            while (Interrupted(entry.IsEmpty ? getxattr(text, attribute, buffer, size) : lgetxattr(text, attribute, buffer, size), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Sets an attribute of the handle's own entry, whether it was there or not.</summary>
    public static unsafe int SetXattr(PosixHandle handle, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        long result;
        byte* attribute = stackalloc byte[MaxStackName + 1];
        Terminate(name, attribute);
        fixed (byte* buffer = value)
        {
            nuint size = (nuint)value.Length;
            if (!handle.IsPathOnly)
            {
                while (Interrupted(fsetxattr(handle, attribute, buffer, size, 0), out result))
                {
                }

                return (int)result;
            }

            byte* text = stackalloc byte[MaxProcPath];
            using PosixProcPath path = new(handle, [], new Span<byte>(text, MaxProcPath));
            while (Interrupted(setxattr(text, attribute, buffer, size, 0), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Removes an attribute of the handle's own entry.</summary>
    public static unsafe int RemoveXattr(PosixHandle handle, ReadOnlySpan<byte> name)
    {
        long result;
        byte* attribute = stackalloc byte[MaxStackName + 1];
        Terminate(name, attribute);
        if (!handle.IsPathOnly)
        {
            while (Interrupted(fremovexattr(handle, attribute), out result))
            {
            }

            return (int)result;
        }

        byte* text = stackalloc byte[MaxProcPath];
        using PosixProcPath path = new(handle, [], new Span<byte>(text, MaxProcPath));
        while (Interrupted(removexattr(text, attribute), out result))
        {
        }

        return (int)result;
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint flistxattr(PosixHandle file, byte* names, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint listxattr(byte* path, byte* names, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint llistxattr(byte* path, byte* names, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint fgetxattr(PosixHandle file, byte* name, byte* value, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint getxattr(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint lgetxattr(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int fsetxattr(PosixHandle file, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int setxattr(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int fremovexattr(PosixHandle file, byte* name);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int removexattr(byte* path, byte* name);
}
