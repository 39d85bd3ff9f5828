using System.Runtime.InteropServices;

namespace Dedup.Storage;

/// <summary>Reads the entries of an open folder one by one, names as the bytes that they are.</summary>
internal sealed unsafe class FolderReader : IDisposable
{
    // struct dirent of 64-bit Linux: inode 8, offset 8, record length 2, type 1, name.
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    private readonly string _path;
    private nint _stream;
    private byte* _entry;

    /// <param name="folder">An open folder, which this reader closes.</param>
    /// <param name="path">Its path, for errors.</param>
    internal FolderReader(int folder, string path)
    {
        _path = path;
        Folder = folder;
        _stream = Posix.OpenStream(folder);
        if (_stream == 0)
        {
            int error = Posix.LastError;
            _ = Posix.Close(folder);
            throw Errno.ToException(error, path, "list the folder");
        }
    }

    /// <summary>The descriptor of the folder.</summary>
    internal int Folder { get; }

    /// <summary>Whether the entry may be a regular file: some file systems do not tell.</summary>
    internal bool MayBeRegular => _entry[TypeOffset] is Posix.TypeRegular or Posix.TypeUnknown;

    /// <summary>The name of the entry with its terminating zero; valid until the next one is read.</summary>
    internal byte* NamePointer => _entry + NameOffset;

    /// <summary>The name of the entry.</summary>
    internal ReadOnlySpan<byte> Name => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NamePointer);

    /// <summary>Goes on to the next entry.</summary>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="StoreException">The folder could not be read to its end.</exception>
    internal bool MoveNext()
    {
        do
        {
            _entry = Posix.ReadEntry(_stream);
        }
        while (_entry == null && Posix.LastError == Errno.Interrupted);

        if (_entry == null && Posix.LastError is int error and not 0)
        {
            throw Errno.ToException(error, _path, "list the folder");
        }

        return _entry != null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stream != 0)
        {
            _ = Posix.CloseStream(_stream);
            _stream = 0;
        }
    }
}
