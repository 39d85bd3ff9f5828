using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    private const int NoFollow = 0x100, NoAutomount = 0x800, EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7ff;

    /// <summary>Looks at an entry of a directory; a symbolic link is not followed.</summary>
    public static unsafe int Stat(PosixHandle directory, ReadOnlySpan<byte> name, out PosixStatus status)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        return Stat(directory, text, NoFollow | NoAutomount, out status);
    }

    /// <summary>Looks at an open entry.</summary>
    public static unsafe int Stat(PosixHandle entry, out PosixStatus status)
    {
        byte nothing = 0;
        return Stat(entry, &nothing, EmptyPath, out status);
    }

    /// <summary>Looks at what an entry of a directory leads to: a symbolic link is followed.</summary>
    public static unsafe int StatTarget(PosixHandle directory, ReadOnlySpan<byte> name, out PosixStatus status)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        return Stat(directory, text, NoAutomount, out status);
    }

    /// <summary>The number that identifies the kind of file system on which an open entry lies (linux/magic.h).</summary>
    public static unsafe int FileSystemType(PosixHandle entry, out ulong type)
    {
        // struct statfs: 120 bytes on 64-bit machines, and f_type is the first word.
        ulong* status = stackalloc ulong[32];
        long error;
        while (Interrupted(fstatfs(entry, status), out error))
        {
        }

        type = error == 0 ? status[0] : 0;
        return (int)error;
    }

    /// <summary>Reads where a symbolic link points to.</summary>
    /// <param name="directory">The directory that holds the link.</param>
    /// <param name="name">The link's name.</param>
    /// <param name="target">Takes the target, cut off when it is longer.</param>
    /// <returns>The length of the target in bytes.</returns>
    public static unsafe int ReadLink(PosixHandle directory, ReadOnlySpan<byte> name, Span<byte> target)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        fixed (byte* buffer = target)
        {
            long result;
            while (Interrupted(readlinkat(directory, text, buffer, (nuint)target.Length), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Reads the next entries of a directory, to be taken apart by <see cref="NextName"/>.</summary>
    /// <returns>How many bytes of the buffer were filled; 0 at the end.</returns>
    public static unsafe int ReadEntries(PosixHandle directory, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            long result;
            while (Interrupted(getdents64(directory, start, (nuint)buffer.Length), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Takes the name of the first entry off what <see cref="ReadEntries"/> filled.</summary>
    // struct linux_dirent64: inode (8 bytes), offset (8), length of the record (2), type (1), the name, NUL.
    public static ReadOnlySpan<byte> NextName(ref ReadOnlySpan<byte> entries)
    {
        int length = MemoryMarshal.Read<ushort>(entries[16..]);
        ReadOnlySpan<byte> name = entries[19..length];
        entries = entries[length..];
        return name[..name.IndexOf((byte)0)];
    }

    private static unsafe int Stat(PosixHandle directory, byte* name, int flags, out PosixStatus status)
    {
        fixed (PosixStatus* result = &status)
        {
            long error;
            while (Interrupted(statx(directory, name, flags, BasicStatus, result), out error))
            {
            }

            return (int)error;
        }
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int statx(PosixHandle directory, byte* path, int flags, uint mask, PosixStatus* status);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int fstatfs(PosixHandle entry, ulong* status);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint readlinkat(PosixHandle directory, byte* path, byte* target, nuint size);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint getdents64(PosixHandle directory, byte* buffer, nuint size);
}
