using System.Text;

namespace Dedup.Storage;

/// <summary>Reads the objects of one folder of a local store.</summary>
internal sealed unsafe class ObjectLister : IDisposable
{
    private readonly FolderReader _entries;
    private readonly string _path;
    private readonly string _prefix;

    private ObjectLister(FolderReader entries, string path, string folder)
    {
        _entries = entries;
        _path = path;
        _prefix = folder.Length == 0 ? "" : folder + "/";
    }

    /// <summary>Opens a folder.</summary>
    /// <returns><see langword="null"/> when the store has no such folder.</returns>
    /// <exception cref="StoreException">The folder could not be opened, or the whole store is gone.</exception>
    internal static ObjectLister? TryOpen(LocalRoot root, string folder)
    {
        int opened = root.TryOpenFolder(folder);
        string path = root.PathOf(folder);
        return opened < 0 ? null : new ObjectLister(new FolderReader(opened, path), path, folder);
    }

    /// <summary>Goes on to the next object.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="StoreException">The folder could not be read to its end.</exception>
    internal bool TryRead(out ObjectInfo info)
    {
        while (_entries.MoveNext())
        {
            // Every byte becomes one character, so that a name in any encoding is looked at and none is an error.
            if (_entries.MayBeRegular
                && ObjectName.TryParse(_prefix + Encoding.Latin1.GetString(_entries.Name), out ObjectName name)
                && TryGetLength(out long length))
            {
                info = new ObjectInfo(name, length);
                return true;
            }
        }

        info = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private bool TryGetLength(out long length)
    {
        length = 0;
        if (Posix.StatusAt(_entries.Folder, _entries.NamePointer, out FileStatus status) == 0)
        {
            length = (long)status.Length;
            return status.IsRegular;
        }

        // Deleted since its name was read.
        return Posix.LastError == Errno.NoEntry
            ? false
            : throw Errno.ToException(Posix.LastError, _path, "list the folder");
    }
}
