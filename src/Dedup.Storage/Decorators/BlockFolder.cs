using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dedup.Storage;

/// <summary>
/// Blocks of objects as files of a folder, each with a checksum behind it. A file appears whole under its name, so that processes do not
/// disturb each other; none is synced, because one that a loss of power spoils does not match its checksum.
/// </summary>
internal sealed unsafe class BlockFolder(string path, long maxLength, TimeProvider time)
{
    private const int CheckLength = SHA256.HashSizeInBytes, NameBytes = 20, RandomBytes = 16;

    /// <summary>Other processes write too: the folder is looked at again when this one has written so much.</summary>
    private const long LengthBetweenLooks = 64 << 20;

    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private long _length;
    private long _untilLook;
    private volatile bool _isUnusable;

    /// <summary>Reads a block.</summary>
    /// <returns><see langword="null"/> when it is not there or not as it was written, or cannot be read.</returns>
    public byte[]? TryRead(ObjectName name, long block)
    {
        if (_isUnusable)
        {
            return null;
        }

        string file = PathOf(name, block);
        try
        {
            if (!File.Exists(file))
            {
                return null;
            }

            byte[] whole = File.ReadAllBytes(file);
            if (whole.Length >= CheckLength && whole.AsSpan(whole.Length - CheckLength).SequenceEqual(Check(name, block, whole.AsSpan(0, whole.Length - CheckLength))))
            {
                File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
                return whole[..^CheckLength];
            }

            File.Delete(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has made room in between.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GiveUp();
        }

        return null;
    }

    /// <summary>Writes a block, unless it is there or cannot be written.</summary>
    public void Write(ObjectName name, long block, ReadOnlySpan<byte> content)
    {
        if (_isUnusable || content.Length + CheckLength > maxLength)
        {
            return;
        }

        try
        {
            MakeRoom(content.Length + CheckLength);
            WriteFile(PathOf(name, block), content, Check(name, block, content));
        }
        catch (DirectoryNotFoundException)
        {
            // The folder was removed. It is made again at the next look.
            lock (_lock)
            {
                _untilLook = 0;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GiveUp();
        }
    }

    /// <summary>Removes all blocks of an object.</summary>
    public void Remove(ObjectName name)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Array.ForEach(Directory.GetFiles(path, PrefixOf(name) + "*"), File.Delete);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            GiveUp();
        }
    }

    private static string PrefixOf(ObjectName name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(name.Value)).AsSpan(0, NameBytes)) + "-";

    /// <summary>The checksum covers the name too: a file that came under another's name is found out.</summary>
    private static byte[] Check(ObjectName name, long block, ReadOnlySpan<byte> content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, block);
        hash.AppendData(content);
        hash.AppendData(number);
        hash.AppendData(Encoding.ASCII.GetBytes(name.Value));
        return hash.GetHashAndReset();
    }

    private static void Link(string from, string to)
    {
        byte[] source = Encoding.UTF8.GetBytes(from + '\0'), target = Encoding.UTF8.GetBytes(to + '\0');
        fixed (byte* sourcePath = source, targetPath = target)
        {
            // What has the name already may be damaged. Where another process takes it in between, or a file system knows neither call, so be it.
            _ = Posix.Unlink(Posix.CurrentFolder, targetPath);
            if (Posix.Link(Posix.CurrentFolder, sourcePath, Posix.CurrentFolder, targetPath) != 0 && Posix.LastError != Errno.Exists)
            {
                _ = Posix.RenameIfAbsent(Posix.CurrentFolder, sourcePath, Posix.CurrentFolder, targetPath);
            }
        }
    }

    private string PathOf(ObjectName name, long block) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(name)}{block}"));

    private void WriteFile(string file, ReadOnlySpan<byte> content, ReadOnlySpan<byte> check)
    {
        string temporary = Path.Combine(path, "tmp_" + RandomNumberGenerator.GetHexString(2 * RandomBytes, lowercase: true));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode0600;
        }

        try
        {
            using (FileStream stream = new(temporary, options))
            {
                stream.Write(content);
                stream.Write(check);
            }

            File.SetLastWriteTimeUtc(temporary, time.GetUtcNow().UtcDateTime);
            Link(temporary, file);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void MakeRoom(long length)
    {
        lock (_lock)
        {
            _length += length;
            _untilLook -= length;
            if (_length <= maxLength && _untilLook >= 0)
            {
                return;
            }

            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, FileMode0600 | UnixFileMode.UserExecute);
            FileInfo[] files = [.. new DirectoryInfo(path).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc)];
            _length = files.Sum(file => file.Length) + length;
            _untilLook = LengthBetweenLooks;

            // An eighth more than needed, so that not every block looks at all others.
            long kept = _length > maxLength ? maxLength - (maxLength / 8) : long.MaxValue;
            foreach (FileInfo file in files.TakeWhile(_ => _length > kept))
            {
                _length -= file.Length;
                file.Delete();
            }
        }
    }

    /// <summary>The disk is full or the folder may not be written to: the store itself has everything.</summary>
    private void GiveUp() => _isUnusable = true;
}
