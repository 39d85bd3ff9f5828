using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>An open file descriptor, closed once nobody uses it any more.</summary>
internal sealed partial class PosixHandle : SafeHandle
{
    /// <summary>Takes over a descriptor.</summary>
    /// <param name="descriptor">What the kernel gave.</param>
    /// <param name="isPathOnly">Whether it was opened with <c>O_PATH</c>, so that it names an entry but cannot be read or written.</param>
    public PosixHandle(int descriptor, bool isPathOnly)
        : base(-1, ownsHandle: true)
    {
        SetHandle(descriptor);
        IsPathOnly = isPathOnly;
    }

    /// <summary>Whether the descriptor only names an entry: attributes are then reached through <c>/proc/self/fd</c>.</summary>
    public bool IsPathOnly { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>
    /// Closes and tells what the kernel said: network file systems and quotas report lost writes only here. Nobody else may be using the handle.
    /// </summary>
    /// <returns>0, or the negated error number; the descriptor is gone either way.</returns>
    public int CloseChecked()
    {
        if (IsClosed || IsInvalid)
        {
            return 0;
        }

        int descriptor = (int)handle;
        SetHandleAsInvalid();
        return close(descriptor) == 0 ? 0 : -Marshal.GetLastPInvokeError();
    }

    /// <inheritdoc/>
    // Never retried: Linux frees the descriptor even when close is interrupted, and the number may be another file's already.
    protected override bool ReleaseHandle() => close((int)handle) == 0;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
