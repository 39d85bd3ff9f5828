using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    // What stands for "relative to the working directory" (AT_FDCWD); here only ever with absolute paths.
    private const int WorkingDirectory = -100;

    /// <summary>Opens an absolute path; symbolic links in its parents are followed.</summary>
    /// <param name="path">The path, without NUL.</param>
    /// <param name="flags">A combination of <see cref="PosixOpenFlags"/>; close-on-exec is always set.</param>
    /// <param name="error">0, or the negated error number.</param>
    /// <returns>The open entry, or <see langword="null"/> with an error.</returns>
    public static unsafe PosixHandle? OpenPath(ReadOnlySpan<byte> path, int flags, out int error)
    {
        fixed (byte* text = Terminated(path))
        {
            long result;
            while (Interrupted(openat(WorkingDirectory, text, flags | PosixOpenFlags.CloseOnExec, 0), out result))
            {
            }

            return Opened(result, flags, out error);
        }
    }

    /// <summary>Opens or makes an entry of a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="flags">A combination of <see cref="PosixOpenFlags"/>; close-on-exec is always set.</param>
    /// <param name="mode">The permission bits of a file that is made.</param>
    /// <param name="error">0, or the negated error number.</param>
    /// <returns>The open entry, or <see langword="null"/> with an error.</returns>
    public static unsafe PosixHandle? Open(PosixHandle directory, ReadOnlySpan<byte> name, int flags, uint mode, out int error)
    {
        byte* text = stackalloc byte[MaxStackName + 1];
        Terminate(name, text);
        long result;
        while (Interrupted(openat(directory, text, flags | PosixOpenFlags.CloseOnExec, mode), out result))
        {
        }

        return Opened(result, flags, out error);
    }

    /// <summary>Opens anew, for reading and waiting if need be, what a path-only handle names.</summary>
    public static unsafe PosixHandle? Reopen(PosixHandle entry, int flags, out int error)
    {
        byte* text = stackalloc byte[MaxProcPath];
        using PosixProcPath path = new(entry, [], new Span<byte>(text, MaxProcPath));
        long result;
        while (Interrupted(openat(WorkingDirectory, text, flags | PosixOpenFlags.CloseOnExec, 0), out result))
        {
        }

        return Opened(result, flags, out error);
    }

    /// <summary>Resolves every symbolic link of an absolute path.</summary>
    /// <param name="path">The path, without NUL.</param>
    /// <param name="error">0, or the negated error number.</param>
    /// <returns>The path free of links, or <see langword="null"/> with an error.</returns>
    public static unsafe byte[]? Resolve(ReadOnlySpan<byte> path, out int error)
    {
        const int PathMax = 4096;
        byte* resolved = stackalloc byte[PathMax];
        fixed (byte* text = Terminated(path))
        {
            if (realpath(text, resolved) == null)
            {
                error = -Marshal.GetLastPInvokeError();
                return null;
            }
        }

        error = 0;
        return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved).ToArray();
    }

    private static PosixHandle? Opened(long result, int flags, out int error)
    {
        error = result < 0 ? (int)result : 0;
        return result < 0 ? null : new PosixHandle((int)result, (flags & PosixOpenFlags.PathOnly) != 0);
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int openat(int directory, byte* path, int flags, uint mode);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int openat(PosixHandle directory, byte* path, int flags, uint mode);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial byte* realpath(byte* path, byte* resolved);
}
