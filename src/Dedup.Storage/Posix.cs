using System.Runtime.InteropServices;

namespace Dedup.Storage;

/// <summary>
/// The system calls of the local store, bare: 64-bit Linux, arguments as C has them, results and errno as they come.
/// The platform's own file classes hide what matters here: they cannot link, lock without waiting, sync a folder
/// or tell one errno from another.
/// </summary>
internal static unsafe partial class Posix
{
    internal const int CurrentFolder = -100;
    internal const int LockExclusiveNoWait = 2 | 4;

    internal const int ReadOnly = 0;
    internal const int ReadWrite = 2;
    internal const int CreateNew = 0x40 | 0x80;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    // The two flags whose value differs between processors.
    internal static readonly int Folder = HasArmFlags ? 0x4000 : 0x10000;
    internal static readonly int NoFollow = HasArmFlags ? 0x8000 : 0x20000;

    internal const byte TypeUnknown = 0;
    internal const byte TypeRegular = 8;

    private const string Library = "libc";
    private const int EmptyPath = 0x1000;
    private const int SymlinkNoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private const uint NoReplace = 1;

    private static bool HasArmFlags => RuntimeInformation.ProcessArchitecture
        is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6 or Architecture.Ppc64le;

    /// <summary>The errno of the last call that failed on this thread.</summary>
    internal static int LastError => Marshal.GetLastPInvokeError();

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true)]
    internal static partial int OpenAt(int folder, byte* path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close")]
    internal static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint PRead(int file, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint PWrite(int file, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Fsync(int file);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(int file, int operation);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MkdirAt(int folder, byte* path, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(int folder, byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true)]
    private static partial int LinkAt(int oldFolder, byte* oldPath, int newFolder, byte* newPath, int flags);

    [LibraryImport(Library, EntryPoint = "renameat2", SetLastError = true)]
    private static partial int RenameAt2(int oldFolder, byte* oldPath, int newFolder, byte* newPath, uint flags);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true)]
    private static partial int Statx(int folder, byte* path, int flags, uint mask, FileStatus* status);

    [LibraryImport(Library, EntryPoint = "fdopendir", SetLastError = true)]
    internal static partial nint OpenStream(int folder);

    // errno is set to 0 before the call, so that it tells the end (0) from a failure.
    [LibraryImport(Library, EntryPoint = "readdir", SetLastError = true)]
    internal static partial byte* ReadEntry(nint stream);

    [LibraryImport(Library, EntryPoint = "closedir")]
    internal static partial int CloseStream(nint stream);

    internal static int Unlink(int folder, byte* path) => UnlinkAt(folder, path, 0);

    internal static int Link(int oldFolder, byte* oldPath, int newFolder, byte* newPath) =>
        LinkAt(oldFolder, oldPath, newFolder, newPath, 0);

    /// <summary>Renames unless the new name is taken.</summary>
    internal static int RenameIfAbsent(int oldFolder, byte* oldPath, int newFolder, byte* newPath)
    {
        try
        {
            return RenameAt2(oldFolder, oldPath, newFolder, newPath, NoReplace);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call, which then fails as a kernel without it would.
            Marshal.SetLastPInvokeError(Errno.NotImplemented);
            return -1;
        }
    }

    /// <summary>The status of an open file.</summary>
    internal static int Status(int file, out FileStatus status)
    {
        byte empty = 0;
        fixed (FileStatus* result = &status)
        {
            return Statx(file, &empty, EmptyPath, BasicStats, result);
        }
    }

    /// <summary>The status of a path; a symbolic link at its end is not followed.</summary>
    internal static int StatusAt(int folder, byte* path, out FileStatus status)
    {
        fixed (FileStatus* result = &status)
        {
            return Statx(folder, path, SymlinkNoFollow, BasicStats, result);
        }
    }
}
