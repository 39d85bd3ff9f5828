using System.Text;
using Dedup.Native;

namespace Dedup.Exporting;

/// <summary>
/// A file that gets its name only when it is complete: until then it lies beside under another one, and is removed unless it was committed. Only its owner
/// may read it, as it may hold what in a snapshot only root could.
/// </summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private readonly byte[] _name, _temporaryName;
    private readonly bool _replaces;
    private readonly PosixHandle _folder;
    private readonly FileStream _file;
    private bool _isCommitted, _isDisposed;

    private NewFile(string path, byte[] name, byte[] temporaryName, bool replaces, PosixHandle folder, FileStream content)
    {
        (_path, _name, _temporaryName) = (path, name, temporaryName);
        (_replaces, _folder, _file) = (replaces, folder, content);
        Content = new NewFileContent(content, path);
    }

    /// <summary>Takes the content.</summary>
    public Stream Content { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">What it will be called; the folder must be there.</param>
    /// <param name="replaces">Whether a regular file of that name is replaced.</param>
    /// <exception cref="IOException">There is something of that name that is not to be replaced, or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static NewFile Create(string path, bool replaces)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string whole = Path.GetFullPath(path);
        string folderPath = Path.GetDirectoryName(whole) ?? throw new IOException($"{path}: is a folder");
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(whole));
        PosixHandle folder = Posix.OpenPath(Encoding.UTF8.GetBytes(folderPath), PosixOpenFlags.Directory, out int error)
            ?? throw new IOException($"{folderPath}: cannot be opened: {PosixErrno.Describe(error)}; name a folder that is there");
        NewFile? made = null;
        try
        {
            RequireRoom(folder, path, name, replaces);
            string temporary = $".dedup-{Convert.ToHexStringLower(Randomness.GetBytes(8))}.part";
            PrivateFile.Create(Path.Combine(folderPath, temporary));
            FileStream content = new(Path.Combine(folderPath, temporary), FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            return made = new NewFile(path, name, Encoding.UTF8.GetBytes(temporary), replaces, folder, content);
        }
        finally
        {
            if (made is null)
            {
                folder.Dispose();
            }
        }
    }

    /// <summary>Makes the content durable and gives the file its name.</summary>
    /// <exception cref="IOException">The content cannot be made durable, or the name was taken meanwhile.</exception>
    public void Commit()
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        int result = _replaces ? Posix.Rename(_folder, _temporaryName, _name) : GiveName();
        if (result < 0)
        {
            throw result == -PosixErrno.Exists ? Taken(_path) : new IOException($"{_path}: cannot be given its name: {PosixErrno.Describe(result)}");
        }

        _isCommitted = true;
        result = Posix.Sync(_folder);
        if (result < 0)
        {
            throw new IOException($"{_path}: its name cannot be made durable: {PosixErrno.Describe(result)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _file.Dispose();
        if (!_isCommitted)
        {
            // What cannot be removed has no name that anyone takes for the file's.
            _ = Posix.Remove(_folder, _temporaryName);
        }

        _folder.Dispose();
    }

    private static void RequireRoom(PosixHandle folder, string path, byte[] name, bool replaces)
    {
        int result = Posix.Stat(folder, name, out PosixStatus status);
        if (result == -PosixErrno.NoEntry)
        {
            return;
        }

        if (result < 0)
        {
            throw new IOException($"{path}: cannot be looked at: {PosixErrno.Describe(result)}");
        }

        if ((status.Mode & PosixStatus.TypeMask) != PosixStatus.TypeFile)
        {
            throw new IOException($"{path}: is no regular file, and only such a one can be replaced");
        }

        if (!replaces)
        {
            throw Taken(path);
        }
    }

    private static IOException Taken(string path) => new($"{path}: there is a file of that name already");

    /// <summary>Gives the file its name unless it is taken, by what the file system can do: not every one can rename so, or link.</summary>
    private int GiveName()
    {
        int result = Posix.RenameIfAbsent(_folder, _temporaryName, _name);
        if (result != -PosixErrno.Invalid)
        {
            return result;
        }

        result = Posix.Link(_folder, _temporaryName, _folder, _name);
        if (result is -PosixErrno.NotPermitted or -PosixErrno.NotSupported)
        {
            RequireRoom(_folder, _path, _name, _replaces);
            return Posix.Rename(_folder, _temporaryName, _name);
        }

        return result == 0 ? Posix.Remove(_folder, _temporaryName) : result;
    }
}
