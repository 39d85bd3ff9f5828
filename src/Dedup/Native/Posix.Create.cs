using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    /// <summary>Makes a directory.</summary>
    public static unsafe int MakeDirectory(PosixHandle directory, ReadOnlySpan<byte> name, uint mode)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        long result;
        while (Interrupted(mkdirat(directory, text, mode), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Makes a named pipe, a socket or a device node.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mode">One of the <c>Type</c> values of <see cref="PosixStatus"/> and permission bits.</param>
    /// <param name="major">The device's major number.</param>
    /// <param name="minor">The device's minor number.</param>
    public static unsafe int MakeNode(PosixHandle directory, ReadOnlySpan<byte> name, uint mode, uint major, uint minor)
    {
        // The encoding of makedev(3): twelve low bits of the major number lie between eight low and the high bits of the minor.
        ulong device = ((ulong)(major & 0xFFFFF000) << 32) | ((ulong)(major & 0xFFF) << 8)
            | ((ulong)(minor & 0xFFFFFF00) << 12) | (minor & 0xFF);
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        long result;
        while (Interrupted(mknodat(directory, text, mode, device), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Makes a symbolic link.</summary>
    public static unsafe int MakeSymbolicLink(PosixHandle directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        fixed (byte* destination = Terminated(target))
        {
            long result;
            while (Interrupted(symlinkat(destination, directory, text), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Gives an entry another name; a symbolic link is linked itself, not followed.</summary>
    public static unsafe int Link(PosixHandle existingDirectory, ReadOnlySpan<byte> existing, PosixHandle directory, ReadOnlySpan<byte> name)
    {
        byte* from = stackalloc byte[MaxStackName + 1];
        byte* to = stackalloc byte[MaxStackName + 1];
        Terminate(existing, from);
        Terminate(name, to);
        long result;
        while (Interrupted(linkat(existingDirectory, from, directory, to, 0), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Removes an entry that is not a directory.</summary>
    public static unsafe int Remove(PosixHandle directory, ReadOnlySpan<byte> name)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        long result;
        while (Interrupted(unlinkat(directory, text, 0), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Removes an empty directory.</summary>
    public static unsafe int RemoveDirectory(PosixHandle directory, ReadOnlySpan<byte> name)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        long result;
        while (Interrupted(unlinkat(directory, text, DirectoryOnly), out result))
        {
        }

        return (int)result;
    }

    // AT_REMOVEDIR of linux/fcntl.h.
    private const int DirectoryOnly = 0x200;

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int mkdirat(PosixHandle directory, byte* path, uint mode);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int mknodat(PosixHandle directory, byte* path, uint mode, ulong device);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int symlinkat(byte* target, PosixHandle directory, byte* path);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int linkat(PosixHandle existingDirectory, byte* existing, PosixHandle directory, byte* path, int flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int unlinkat(PosixHandle directory, byte* path, int flags);
}
