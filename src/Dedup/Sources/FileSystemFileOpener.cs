using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Opens regular files for reading: never follows a link, never waits for a pipe's other end, and where it may leaves the access time alone.</summary>
internal static class FileSystemFileOpener
{
    private const int Flags = PosixOpenFlags.ReadOnly | PosixOpenFlags.NonBlocking | PosixOpenFlags.NoControllingTerminal;

    /// <summary>Opens a file and makes sure that it is one.</summary>
    /// <param name="directory">Where it lies.</param>
    /// <param name="handle">The same, open.</param>
    /// <param name="name">Its name.</param>
    /// <param name="refusesNoAccessTime">Whether files here are known to be another owner's, who alone may read without a trace; set when that shows.</param>
    /// <param name="status">What the open file looks like.</param>
    /// <exception cref="SourceException">The file vanished, cannot be opened, or is something else.</exception>
    public static PosixHandle Open(
        FileSystemDirectory directory, PosixHandle handle, EntryName name, ref bool refusesNoAccessTime, out PosixStatus status)
    {
        int flags = Flags | PosixOpenFlags.NoFollow;
        PosixHandle? file = null;
        int error = -PosixErrno.NotPermitted;
        if (!refusesNoAccessTime)
        {
            file = Posix.Open(handle, name.Bytes, flags | PosixOpenFlags.NoAccessTime, 0, out error);
        }

        if (error == -PosixErrno.NotPermitted)
        {
            file = Posix.Open(handle, name.Bytes, flags, 0, out error);
            refusesNoAccessTime |= file is not null;
        }

        if (error == -PosixErrno.WouldBlock)
        {
            file = OpenLeased(directory, handle, name, out error);
        }

        if (file is null)
        {
            // A link in the file's place shows as the first, a socket as the second.
            throw error is -PosixErrno.SymbolicLink or -PosixErrno.NoDeviceOrAddress
                ? Replaced(directory, name)
                : FileSystemFailure.Of(directory.PathOf(name), "cannot be opened", error);
        }

        return RequireFile(file, directory, name, out status);
    }

    // A file server holds a lease on the file and gives it back only to who waits. Waiting is safe once the entry is
    // pinned and known to be a file: a pipe put in its place meanwhile is never touched.
    private static PosixHandle? OpenLeased(FileSystemDirectory directory, PosixHandle handle, EntryName name, out int error)
    {
        PosixHandle? pinned = Posix.Open(handle, name.Bytes, PosixOpenFlags.PathOnly | PosixOpenFlags.NoFollow, 0, out error);
        if (pinned is null)
        {
            return null;
        }

        using (RequireFile(pinned, directory, name, out _))
        {
            return Posix.Reopen(pinned, PosixOpenFlags.ReadOnly | PosixOpenFlags.NoControllingTerminal, out error);
        }
    }

    private static PosixHandle RequireFile(PosixHandle file, FileSystemDirectory directory, EntryName name, out PosixStatus status)
    {
        int error = Posix.Stat(file, out status);
        if (error == 0 && status.Type == PosixStatus.TypeFile)
        {
            return file;
        }

        file.Dispose();
        throw error == 0 ? Replaced(directory, name) : FileSystemFailure.Of(directory.PathOf(name), "cannot be looked at", error);
    }

    private static SourceException Replaced(FileSystemDirectory directory, EntryName name) =>
        new(directory.PathOf(name), "is no regular file any more: something else took its place");
}
