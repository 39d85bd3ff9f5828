using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <content>Giving a finished file its name.</content>
internal static partial class Posix
{
    // RENAME_NOREPLACE of linux/fs.h.
    private const uint NoReplace = 1;

    /// <summary>Renames an entry within a directory; what has the new name is replaced.</summary>
    public static int Rename(PosixHandle directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName) => Rename(directory, name, newName, 0);

    /// <summary>Renames an entry within a directory unless the new name is taken.</summary>
    /// <returns>0; the negated <see cref="PosixErrno.Exists"/> when it is taken; of <see cref="PosixErrno.Invalid"/> where the file system cannot do it.</returns>
    public static int RenameIfAbsent(PosixHandle directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName) => Rename(directory, name, newName, NoReplace);

    /// <summary>Makes a directory's entries durable.</summary>
    public static int Sync(PosixHandle directory)
    {
        long result;
        while (Interrupted(fsync(directory), out result))
        {
        }

        return (int)result;
    }

    private static unsafe int Rename(PosixHandle directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName, uint flags)
    {
        byte* from = stackalloc byte[MaxStackName + 1];
        byte* to = stackalloc byte[MaxStackName + 1];
        Terminate(name, from);
        Terminate(newName, to);
        long result;
        while (Interrupted(renameat2(directory, from, directory, to, flags), out result))
        {
        }

        return (int)result;
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int renameat2(PosixHandle directory, byte* path, PosixHandle newDirectory, byte* newPath, uint flags);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int fsync(PosixHandle file);
}
