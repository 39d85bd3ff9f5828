using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>
/// An exclusive advisory lock on a file, by flock(2): it holds between processes and between two openings within one,
/// and the kernel releases it when the process dies.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int LockExclusive = 2;
    private const int InterruptedByASignal = 4;

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Opens the file, makes it with mode 0600 where it is missing, and waits for the lock.</summary>
    /// <exception cref="IOException">The file cannot be opened or locked.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be opened.</exception>
    public static FileLock Acquire(string path)
    {
        FileStream file = PrivateFile.OpenOrCreate(path);
        while (Flock((int)file.SafeFileHandle.DangerousGetHandle(), LockExclusive) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != InterruptedByASignal)
            {
                file.Dispose();
                throw new IOException($"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }

        return new FileLock(file);
    }

    /// <summary>Releases the lock: nobody else shares this opening of the file.</summary>
    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int file, int operation);
}
