using System.Security.Cryptography;
using Dedup.Policy.Drills;
using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>
/// A private folder (mode 0700) that is removed with all in it when it is disposed of. What a process left that was killed is removed when the next one is
/// made in the same place: a lock, which ends with its process, tells which are in use.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "dedup-scratch-", LockSuffix = ".lock";
    private const int NameBytes = 8;

    // EWOULDBLOCK of Linux, which .NET hands on when flock(2) finds that another one has the file.
    private const int HeldByAnother = 11;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private ScratchFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and removes those that dead processes left beside it.</summary>
    /// <param name="parent">Where; <see langword="null"/> for the system's folder of temporary files.</param>
    /// <exception cref="SourceFailedException">It cannot be made.</exception>
    public static ScratchFolder Create(string? parent)
    {
        string folder = System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());
        try
        {
            Directory.CreateDirectory(folder);
            RemoveAbandoned(folder);
            while (true)
            {
                string path = System.IO.Path.Combine(folder, Prefix + RandomNumberGenerator.GetHexString(NameBytes * 2, lowercase: true));
                if (TryLock(path + LockSuffix, FileMode.CreateNew) is { } held)
                {
                    MakePrivate(path);
                    return new ScratchFolder(path, held);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceFailedException($"{folder}: no folder for temporary files can be made here: {exception.Message}", exception);
        }
    }

    /// <summary>Removes the folders that dead processes of this user left.</summary>
    /// <returns>How many there were.</returns>
    public static int RemoveAbandoned(string parent)
    {
        int removed = 0;
        foreach (string file in Directory.Exists(parent) ? Directory.GetFiles(parent, Prefix + "*" + LockSuffix) : [])
        {
            // Where everybody may write, others may have put a trap: only what is this user's own is touched.
            if (!EntryOwner.IsMine(file) || TryLock(file, FileMode.Open) is not { } held)
            {
                continue;
            }

            using (held)
            {
                string folder = file[..^LockSuffix.Length];
                if (Directory.Exists(folder))
                {
                    LeftServer.Stop(folder);
                    FolderRemoval.Remove(folder);
                }

                File.Delete(file);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Makes sure that there is room on the file system.</summary>
    /// <param name="bytes">How much is needed.</param>
    /// <param name="what">What for, such as "a copy of the database".</param>
    /// <exception cref="SourceFailedException">There is too little.</exception>
    public void RequireRoom(long bytes, string what)
    {
        long free = Room(Path);
        if (free < bytes)
        {
            throw new SourceFailedException($"{System.IO.Path.GetDirectoryName(Path)}: has room for {free} bytes where {what} takes {bytes}; name a folder with more room");
        }
    }

    /// <summary>How many bytes may still be written to the file system of a folder.</summary>
    public static long Room(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Makes a folder in it.</summary>
    public string Make(string name) => MakePrivate(System.IO.Path.Combine(Path, name));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            FolderRemoval.Remove(Path);
        }

        File.Delete(Path + LockSuffix);
        _lock.Dispose();
    }

    private static string MakePrivate(string path) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException("Databases, and what drills restore, need folders that others cannot read, which this program makes on Linux only, as yet.")
        : Directory.CreateDirectory(path, OwnerOnly).FullName;

    // The lock of a file that another process is removing guards nothing: it must still be there.
    private static FileStream? TryLock(string file, FileMode mode)
    {
        try
        {
            FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            FileStream held = new(file, options);
            if (File.Exists(file))
            {
                return held;
            }

            held.Dispose();
            return null;
        }
        catch (IOException exception) when (exception.HResult == HeldByAnother || (exception is not DirectoryNotFoundException && File.Exists(file)))
        {
            // Also of a file that was made just now: who removes what dead processes left may have looked at it before it was locked, and have removed it.
            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
