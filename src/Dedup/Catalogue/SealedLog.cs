using System.Buffers.Binary;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>
/// A file beside the catalogue that batches of bytes are appended to. Each is sealed under a key of the repository, so that names of files do not
/// lie on this machine in the clear. It is a cache: what is damaged, and all behind it, is cut off and told to nobody. Held by one user at a time.
/// <code>
/// magic (8), version (4), zero (4), repository id (32); then batches, each: length of the envelope (4), the envelope (format-spec.md, section 9)
/// </code>
/// </summary>
internal sealed class SealedLog : IDisposable
{
    private const string LockSuffix = ".lock";

    private const int HeaderLength = 16 + Bytes32.Length, Version = 1;

    private readonly FileLock _hold;
    private readonly FileStream _file;
    private readonly RepositoryKeys _keys;
    private readonly byte[] _header = new byte[HeaderLength];

    private SealedLog(FileLock hold, FileStream file, RepositoryKeys keys)
    {
        _hold = hold;
        _file = file;
        _keys = keys;
        "DEDUPLOG"u8.CopyTo(_header);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(8), Version);
        keys.Repository.CopyTo(_header.AsSpan(16));
    }

    private static ReadOnlySpan<byte> BatchMagic => "DEDUPLGB"u8;

    /// <summary>The length of the file in bytes.</summary>
    public long Length => _file.Length;

    /// <summary>Opens a log, or makes an empty one with mode 0600, once nobody else has it open.</summary>
    /// <param name="directory">The folder of the repository's catalogue.</param>
    /// <param name="name">The name of the file; its lock has the same and <c>.lock</c>.</param>
    /// <param name="keys">The repository's keys.</param>
    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public static SealedLog Open(string directory, string name, RepositoryKeys keys)
    {
        string path = Path.Combine(directory, name);
        FileLock? hold = null;
        FileStream? file = null;
        bool isOpen = false;
        try
        {
            PrivateFile.CreateFolder(directory);
            hold = FileLock.Acquire(path + LockSuffix);
            if (!File.Exists(path))
            {
                PrivateFile.Create(path);
            }

            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            SealedLog log = new(hold, file, keys);
            log.RequireHeader();
            isOpen = true;
            return log;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException($"{path}: cannot be used: {exception.Message}", exception);
        }
        finally
        {
            if (!isOpen)
            {
                file?.Dispose();
                hold?.Dispose();
            }
        }
    }

    /// <summary>Deletes a log, once nobody has it open.</summary>
    /// <inheritdoc cref="Open"/>
    public static void Delete(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        try
        {
            if (File.Exists(path))
            {
                using FileLock hold = FileLock.Acquire(path + LockSuffix);
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException($"{path}: cannot be deleted: {exception.Message}", exception);
        }
    }

    /// <summary>Reads all batches, in the order in which they were appended. What cannot be read is cut off.</summary>
    /// <exception cref="CatalogueException">The file cannot be read.</exception>
    public IEnumerable<byte[]> Read()
    {
        long position = HeaderLength;
        for (long ordinal = 0; TryRead(ref position, ordinal) is { } batch; ordinal++)
        {
            yield return batch;
        }

        if (position < _file.Length)
        {
            Attempt(() => _file.SetLength(position));
        }
    }

    /// <summary>Appends a batch. All before it have been read, or the log was cleared.</summary>
    /// <param name="ordinal">Its place, counted from 0.</param>
    /// <param name="batch">Its content.</param>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public void Append(long ordinal, ReadOnlySpan<byte> batch)
    {
        byte[] envelope = SealedObject.Seal(BatchMagic, _keys.LocalCache, _keys.Repository, Name(ordinal), batch);
        byte[] whole = new byte[sizeof(int) + envelope.Length];
        BinaryPrimitives.WriteInt32LittleEndian(whole, envelope.Length);
        envelope.CopyTo(whole, sizeof(int));
        Attempt(() => RandomAccess.Write(_file.SafeFileHandle, whole, _file.Length));
    }

    /// <summary>Empties the log.</summary>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public void Clear() => Attempt(() =>
    {
        _file.SetLength(0);
        RandomAccess.Write(_file.SafeFileHandle, _header, 0);
    });

    public void Dispose()
    {
        _file.Dispose();
        _hold.Dispose();
    }

    private static byte[] Name(long ordinal)
    {
        byte[] name = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(name, ordinal);
        return name;
    }

    private void RequireHeader()
    {
        byte[] header = new byte[HeaderLength];
        if (RandomAccess.Read(_file.SafeFileHandle, header, 0) < HeaderLength || !header.AsSpan().SequenceEqual(_header))
        {
            Clear();
        }
    }

    private byte[]? TryRead(ref long position, long ordinal)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        if (RandomAccess.Read(_file.SafeFileHandle, prefix, position) < prefix.Length)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length < SealedObject.Overhead || length > _file.Length - position - prefix.Length)
        {
            return null;
        }

        byte[] envelope = GC.AllocateUninitializedArray<byte>(length);
        if (RandomAccess.Read(_file.SafeFileHandle, envelope, position + prefix.Length) < length)
        {
            return null;
        }

        try
        {
            byte[] batch = SealedObject.Open(BatchMagic, _keys.LocalCache, _keys.Repository, Name(ordinal), envelope, _file.Name);
            position += prefix.Length + length;
            return batch;
        }
        catch (CorruptDataException)
        {
            // The caller cuts it off: what it held is read from the store again.
            return null;
        }
    }

    private void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException($"{_file.Name}: cannot be written: {exception.Message}", exception);
        }
    }
}
