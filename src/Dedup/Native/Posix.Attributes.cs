using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    /// <summary>Stands for an owner or a group that is to stay as it is.</summary>
    public const uint Unchanged = uint.MaxValue;

    /// <summary>Gives an open entry to another owner or group; clears set-user-id and set-group-id of files.</summary>
    public static unsafe int SetOwner(PosixHandle entry, uint userId, uint groupId)
    {
        byte nothing = 0;
        long result;
        while (Interrupted(fchownat(entry, &nothing, userId, groupId, EmptyPath), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Sets the twelve permission bits of an open entry; a symbolic link has none to set.</summary>
    public static unsafe int SetMode(PosixHandle entry, uint mode)
    {
        long result;
        if (!entry.IsPathOnly)
        {
            while (Interrupted(fchmod(entry, mode), out result))
            {
            }

            return (int)result;
        }

        byte* text = stackalloc byte[MaxProcPath];
        using PosixProcPath path = new(entry, [], new Span<byte>(text, MaxProcPath));
        while (Interrupted(chmod(text, mode), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Sets the times of the last access and the last modification of an open entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="nanoseconds">Nanoseconds since 1970-01-01 UTC; the kernel clamps what the file system cannot keep.</param>
    public static unsafe int SetTimes(PosixHandle entry, long nanoseconds)
    {
        // struct timespec twice: seconds, nanoseconds.
        long* times = stackalloc long[4];
        (times[0], times[1]) = PosixTimes.Split(nanoseconds);
        (times[2], times[3]) = (times[0], times[1]);
        long result;
        if (!entry.IsPathOnly)
        {
            while (Interrupted(futimens(entry, times), out result))
            {
            }

            return (int)result;
        }

        byte* text = stackalloc byte[MaxProcPath];
        using PosixProcPath path = new(entry, [], new Span<byte>(text, MaxProcPath));
        while (Interrupted(utimensat(WorkingDirectory, text, times, 0), out result))
        {
        }

        return (int)result;
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int fchownat(PosixHandle directory, byte* path, uint userId, uint groupId, int flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int fchmod(PosixHandle file, uint mode);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int chmod(byte* path, uint mode);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int futimens(PosixHandle file, long* times);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int utimensat(int directory, byte* path, long* times, int flags);
}
