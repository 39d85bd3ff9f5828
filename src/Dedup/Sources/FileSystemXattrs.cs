using System.Runtime.CompilerServices;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Reads extended attributes, of every namespace that the kernel shows this process.</summary>
internal static class FileSystemXattrs
{
    // Most entries have none and of the others most have little; the kernel's own bound for a list and for a value is 64 KiB.
    private const int StackLength = 1024;
    private const int MaxLength = 16 << 20;

    private delegate int Call(PosixHandle handle, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name, Span<byte> buffer);

    /// <summary>Reads all attributes, sorted by name; none where the file system knows none.</summary>
    /// <param name="handle">An open entry, or the directory that holds the entry.</param>
    /// <param name="entry">The entry's name where the handle is the directory; empty where it is the entry.</param>
    /// <param name="directory">The directory that holds the entry.</param>
    /// <param name="name">The entry's name there, for messages.</param>
    /// <exception cref="SourceException">The attributes cannot be read.</exception>
    [SkipLocalsInit]
    public static IReadOnlyList<ExtendedAttribute> Read(PosixHandle handle, ReadOnlySpan<byte> entry, FileSystemDirectory directory, EntryName name)
    {
        Span<byte> buffer = stackalloc byte[StackLength];
        int length = Posix.ListXattrs(handle, entry, buffer);
        if (length is 0 or -PosixErrno.NotSupported)
        {
            return [];
        }

        byte[]? large = null;
        if (length == -PosixErrno.OutOfRange)
        {
            length = ReadLarge(static (handle, entry, _, buffer) => Posix.ListXattrs(handle, entry, buffer), handle, entry, [], out large);
        }

        if (length < 0)
        {
            throw Failure(handle, entry, directory, name, length);
        }

        ReadOnlySpan<byte> names = large is null ? buffer[..length] : large.AsSpan(0, length);
        List<ExtendedAttribute> attributes = [];
        foreach (Range range in names.Split((byte)0))
        {
            if (!names[range].IsEmpty && ReadValue(handle, entry, names[range], directory, name) is { } value)
            {
                attributes.Add(new ExtendedAttribute(names[range].ToArray(), value));
            }
        }

        attributes.Sort(static (x, y) => x.Name.AsSpan().SequenceCompareTo(y.Name));
        return attributes;
    }

    [SkipLocalsInit]
    private static byte[]? ReadValue(PosixHandle handle, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> attribute, FileSystemDirectory directory, EntryName name)
    {
        Span<byte> buffer = stackalloc byte[StackLength];
        int length = Posix.GetXattr(handle, entry, attribute, buffer);
        if (length >= 0)
        {
            return buffer[..length].ToArray();
        }

        if (length == -PosixErrno.OutOfRange)
        {
            length = ReadLarge(Posix.GetXattr, handle, entry, attribute, out byte[]? large);
            if (length >= 0)
            {
                return large.AsSpan(0, length).ToArray();
            }
        }

        // Removed since it was listed.
        return length == -PosixErrno.NoData ? null : throw Failure(handle, entry, directory, name, length);
    }

    // What is asked for may grow between two calls, so a length asked for beforehand would prove nothing: the buffer grows until all fits.
    private static int ReadLarge(Call call, PosixHandle handle, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name, out byte[]? filled)
    {
        for (int size = 64 << 10; ; size *= 4)
        {
            byte[] buffer = new byte[size];
            int length = call(handle, entry, name, buffer);
            if (length != -PosixErrno.OutOfRange || size >= MaxLength)
            {
                filled = buffer;
                return length;
            }
        }
    }

    private static SourceException Failure(PosixHandle handle, ReadOnlySpan<byte> entry, FileSystemDirectory directory, EntryName name, int error)
    {
        // The entry's path leads through /proc: without it everything would seem to have vanished.
        bool isThere = error == -PosixErrno.NoEntry && !entry.IsEmpty && Posix.Stat(handle, entry, out _) == 0;
        return isThere
            ? new SourceException(directory.PathOf(name), "its extended attributes cannot be read: mount /proc")
            : FileSystemFailure.Of(directory.PathOf(name), "its extended attributes cannot be read", error);
    }
}
