using System.Buffers.Text;

namespace Dedup.Native;

/// <summary>
/// Names an entry by way of <c>/proc/self/fd</c>: for the calls that only take paths. Keeps the descriptor open, and so its number valid, until disposed.
/// </summary>
internal readonly ref struct PosixProcPath
{
    private readonly PosixHandle _handle;

    /// <summary>Writes the path of the handle, or of an entry of the directory that the handle is, ended with NUL.</summary>
    /// <param name="handle">An open entry.</param>
    /// <param name="entry">A name in it; empty for the handle's own entry.</param>
    /// <param name="buffer">Takes the path: 26 bytes and the name's.</param>
    public PosixProcPath(PosixHandle handle, ReadOnlySpan<byte> entry, Span<byte> buffer)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
        ReadOnlySpan<byte> prefix = "/proc/self/fd/"u8;
        prefix.CopyTo(buffer);
        Utf8Formatter.TryFormat((int)handle.DangerousGetHandle(), buffer[prefix.Length..], out int digits);
        int length = prefix.Length + digits;
        if (!entry.IsEmpty)
        {
            buffer[length++] = (byte)'/';
            entry.CopyTo(buffer[length..]);
            length += entry.Length;
        }

        buffer[length] = 0;
    }

    /// <summary>Lets the descriptor go.</summary>
    public void Dispose() => _handle.DangerousRelease();
}
