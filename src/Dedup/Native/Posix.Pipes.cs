using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    private const short PollIn = 1;

    /// <summary>Waits until a read from a pipe would not block: there is something to read, or there was a writer and none is left.</summary>
    /// <param name="pipe">The pipe.</param>
    /// <param name="timeoutMs">How long to wait at most, in milliseconds.</param>
    /// <returns>1, or 0 when the time is up.</returns>
    public static unsafe int WaitReadable(PosixHandle pipe, int timeoutMs)
    {
        bool isHeld = false;
        try
        {
            pipe.DangerousAddRef(ref isHeld);
            PollEntry entry = new() { Descriptor = (int)pipe.DangerousGetHandle(), Events = PollIn };
            long result;
            while (Interrupted(poll(&entry, 1, timeoutMs), out result))
            {
            }

            return (int)result;
        }
        finally
        {
            if (isHeld)
            {
                pipe.DangerousRelease();
            }
        }
    }

    /// <summary>Reads what comes next; may return fewer bytes than asked for, and 0 at the end.</summary>
    public static unsafe int ReadNext(PosixHandle pipe, Span<byte> destination)
    {
        fixed (byte* buffer = destination)
        {
            long result;
            while (Interrupted(read(pipe, buffer, (nuint)destination.Length), out result))
            {
            }

            return (int)result;
        }
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial int poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint read(PosixHandle file, byte* buffer, nuint size);

    /// <summary><c>struct pollfd</c> of poll.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
