using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>
/// The system calls of Linux that take names as raw bytes and entries as descriptors, so that a name need not be text,
/// a path may be of any length, and no component can be swapped for a symbolic link behind the caller's back.
/// Every call is repeated when a signal interrupts it. Every call returns what the kernel returns: 0, a count or an offset,
/// or the negated error number (see <see cref="PosixErrno"/>).
/// </summary>
[SkipLocalsInit]
internal static partial class Posix
{
    private const string Libc = "libc";

    // Names up to this length are copied to the stack to be ended with NUL, longer texts (targets of links) to the heap.
    private const int MaxStackName = Limits.MaxNameLength;

    // "/proc/self/fd/2147483647/" and the final NUL.
    private const int MaxProcPath = 26 + MaxStackName;

    /// <summary>Whether a call was interrupted by a signal and has to be made again; otherwise its result.</summary>
    private static bool Interrupted(long returned, out long result)
    {
        result = returned >= 0 ? returned : -Marshal.GetLastPInvokeError();
        return result == -PosixErrno.Interrupted;
    }

    /// <summary>Copies a name and ends it with NUL, as the kernel wants it.</summary>
    private static unsafe void Terminate(ReadOnlySpan<byte> name, byte* buffer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaxStackName);
        name.CopyTo(new Span<byte>(buffer, name.Length));
        buffer[name.Length] = 0;
    }

    private static byte[] Terminated(ReadOnlySpan<byte> text)
    {
        byte[] copy = new byte[text.Length + 1];
        text.CopyTo(copy);
        return copy;
    }
}
