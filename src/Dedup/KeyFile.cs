using System.Security.Cryptography;
using System.Text;
using Dedup.Native;
using Microsoft.Win32.SafeHandles;

namespace Dedup;

/// <summary>Files whose content opens a repository, byte for byte, see <see cref="Credentials.FromKey"/>.</summary>
public static class KeyFile
{
    private const int NewLength = 32;

    /// <summary>Reads a key file.</summary>
    /// <exception cref="KeyFileException">It is missing, cannot be read, is empty, or longer than <see cref="Credentials.MaxKeyLength"/>.</exception>
    public static Credentials Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = new byte[Credentials.MaxKeyLength + 1];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length switch
            {
                0 => throw new KeyFileException($"{path}: is empty, and no key file; name the one that the repository was given"),
                > Credentials.MaxKeyLength => throw new KeyFileException($"{path}: is longer than the {Credentials.MaxKeyLength} bytes of a key file; name another file"),
                _ => Credentials.FromKey(content.AsSpan(0, length)),
            };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyFileException($"{path}: there is no such key file; check the path, and that its drive is mounted", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KeyFileException($"{path}: the key file cannot be read: permission denied, or it is a folder; name a file that this user may read", e);
        }
        catch (IOException e)
        {
            throw new KeyFileException($"{path}: the key file cannot be read: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Makes a key file of 32 random bytes that only its owner may read, and returns once it is durable.</summary>
    /// <exception cref="KeyFileException">It is there already, or cannot be made.</exception>
    public static Credentials Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] key = RandomNumberGenerator.GetBytes(NewLength);
        try
        {
            string whole = Path.GetFullPath(path);
            PrivateFile.Create(whole);
            using (FileStream file = new(whole, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(key);
                file.Flush(flushToDisk: true);
            }

            MakeNameDurable(Path.GetDirectoryName(whole)!);
            return Credentials.FromKey(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{path}: the key file cannot be made: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>A file that was synchronised may still lose its name in a power failure, and a repository whose only key it is would be lost with it.</summary>
    /// <exception cref="IOException">The folder cannot be synchronised.</exception>
    private static void MakeNameDurable(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using PosixHandle handle = Posix.OpenPath(Encoding.UTF8.GetBytes(folder), PosixOpenFlags.Directory, out int error)
            ?? throw new IOException($"its folder cannot be opened: {PosixErrno.Describe(error)}");
        using SafeFileHandle borrowed = new(handle.DangerousGetHandle(), ownsHandle: false);
        RandomAccess.FlushToDisk(borrowed);
    }
}
