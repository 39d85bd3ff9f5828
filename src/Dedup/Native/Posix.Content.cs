using System.Runtime.InteropServices;

namespace Dedup.Native;

internal static partial class Posix
{
    private const int SeekStart = 0, SeekToEnd = 2, SeekToData = 3, SeekToHole = 4;
    private const int AdviceSequential = 2, AdviceUnneeded = 4;

    // FALLOC_FL_KEEP_SIZE and FALLOC_FL_PUNCH_HOLE of linux/falloc.h.
    private const int KeepSize = 1, PunchOut = 2;

    /// <summary>Reads at an offset; may return fewer bytes than asked for.</summary>
    public static unsafe int Read(PosixHandle file, Span<byte> destination, long offset)
    {
        fixed (byte* buffer = destination)
        {
            long result;
            while (Interrupted(pread(file, buffer, (nuint)destination.Length, offset), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>Writes at an offset; may write fewer bytes than given.</summary>
    public static unsafe int Write(PosixHandle file, ReadOnlySpan<byte> source, long offset)
    {
        fixed (byte* buffer = source)
        {
            long result;
            while (Interrupted(pwrite(file, buffer, (nuint)source.Length, offset), out result))
            {
            }

            return (int)result;
        }
    }

    /// <summary>The offset of the first byte at or past an offset that is not in a hole.</summary>
    public static long FindData(PosixHandle file, long offset) => Seek(file, offset, SeekToData);

    /// <summary>The offset of the first hole at or past an offset; every file ends with one.</summary>
    public static long FindHole(PosixHandle file, long offset) => Seek(file, offset, SeekToHole);

    /// <summary>Makes the next <see cref="ReadEntries"/> start over.</summary>
    public static int Rewind(PosixHandle directory) => (int)Seek(directory, 0, SeekStart);

    /// <summary>Tells the kernel that a file will be read from start to end, so that it reads further ahead.</summary>
    // Advice is the one call that returns its error instead of setting it.
    public static int AdviseSequential(PosixHandle file) => -posix_fadvise(file, 0, 0, AdviceSequential);

    /// <summary>Cuts a file off, or extends it with a hole.</summary>
    public static int SetLength(PosixHandle file, long length)
    {
        long result;
        while (Interrupted(ftruncate(file, length), out result))
        {
        }

        return (int)result;
    }

    /// <summary>The length of a file, or of a block device, whose status does not tell it.</summary>
    public static long FindEnd(PosixHandle file) => Seek(file, 0, SeekToEnd);

    /// <summary>Makes a hole of a range, which then reads as zeros; the length of the file stays. Not every file system can.</summary>
    public static int PunchHole(PosixHandle file, long offset, long length)
    {
        long result;
        while (Interrupted(fallocate(file, KeepSize | PunchOut, offset, length), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Lets go of what memory keeps of a file, as far as it is durable, so that the next reading comes from the disk.</summary>
    public static int AdviseUnneeded(PosixHandle file) => -posix_fadvise(file, 0, 0, AdviceUnneeded);

    /// <summary>Makes the content of one file or block device durable.</summary>
    public static int SyncContent(PosixHandle file)
    {
        long result;
        while (Interrupted(fdatasync(file), out result))
        {
        }

        return (int)result;
    }

    /// <summary>Makes everything durable that was written to the file system on which an entry lies.</summary>
    public static int SyncFileSystem(PosixHandle entry)
    {
        long result;
        while (Interrupted(syncfs(entry), out result))
        {
        }

        return (int)result;
    }

    private static long Seek(PosixHandle file, long offset, int whence)
    {
        long result;
        while (Interrupted(lseek(file, offset, whence), out result))
        {
        }

        return result;
    }

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint pread(PosixHandle file, byte* buffer, nuint size, long offset);

    [LibraryImport(Libc, SetLastError = true)]
    private static unsafe partial nint pwrite(PosixHandle file, byte* buffer, nuint size, long offset);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial long lseek(PosixHandle file, long offset, int whence);

    [LibraryImport(Libc)]
    private static partial int posix_fadvise(PosixHandle file, long offset, long length, int advice);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int ftruncate(PosixHandle file, long length);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int fallocate(PosixHandle file, int mode, long offset, long length);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int fdatasync(PosixHandle file);

    [LibraryImport(Libc, SetLastError = true)]
    private static partial int syncfs(PosixHandle entry);
}
