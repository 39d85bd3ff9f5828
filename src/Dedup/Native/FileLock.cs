using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Dedup.Native;

/// <summary>
/// An exclusive advisory lock on a file, by flock(2): it holds between processes and between two openings within one,
/// and the kernel releases it when the process dies.
/// </summary>
internal sealed partial class FileLock : IDisposable
{
    private const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000;
    private const int LockExclusive = 2;
    private const int InterruptedByASignal = 4;

    private readonly SafeFileHandle _file;

    private FileLock(SafeFileHandle file) => _file = file;

    /// <summary>Opens the file, makes it with mode 0600 where it is missing, and waits for the lock.</summary>
    /// <exception cref="IOException">The file cannot be opened or locked.</exception>
    public static FileLock Acquire(string path)
    {
        // Not a FileStream: it takes a shared lock of the same sort itself, and fails when it cannot have it at once.
        var file = new SafeFileHandle(Open(path), ownsHandle: true);
        PrivateFile.Restrict(file);
        while (Flock((int)file.DangerousGetHandle(), LockExclusive) != 0)
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

    private static unsafe int Open(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        fixed (byte* bytes = name)
        {
            int file = Open(bytes, ReadWriteCreateCloseOnExec, (int)PrivateFile.Mode);
            return file >= 0 ? file : throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static unsafe partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int file, int operation);
}
