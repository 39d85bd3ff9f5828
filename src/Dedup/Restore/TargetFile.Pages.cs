using System.Buffers;
using Dedup.Native;

namespace Dedup.Restore;

/// <content>Content page by page: what is right already is not written, and zeros may become holes.</content>
internal sealed partial class TargetFile
{
    // What file systems and disks read and write at least.
    private const int PageLength = 4096;

    private const int ZeroBufferLength = 1 << 20;

    private enum PageState
    {
        Same,
        Different,
        Zero,
    }

    /// <summary>Writes pages that differ from what lies there.</summary>
    /// <param name="offset">Where the content goes, in bytes.</param>
    /// <param name="content">The content.</param>
    /// <param name="isSparse">Whether pages of zeros become holes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="RestoreException">The disk is full, or the file cannot be written.</exception>
    public long WriteDifferences(long offset, ReadOnlySpan<byte> content, bool isSparse)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(content.Length);
        ReadOnlySpan<byte> present = buffer.AsSpan(0, ReadPresent(offset, buffer.AsSpan(0, content.Length)));
        long written = 0;
        for (int start = 0; start < content.Length;)
        {
            PageState state = StateOf(offset, content, present, start, isSparse);
            int end = PageEnd(offset, start, content.Length);
            while (end < content.Length && StateOf(offset, content, present, end, isSparse) == state)
            {
                end = PageEnd(offset, end, content.Length);
            }

            switch (state)
            {
                case PageState.Zero:
                    written += Clear(offset + start, end - start);
                    break;
                case PageState.Different:
                    Write(offset + start, content[start..end]);
                    written += end - start;
                    break;
                default:
                    break;
            }

            start = end;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return written;
    }

    /// <summary>Writes content to a place where nothing was ever written, but for its pages of zeros, which stay holes.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="RestoreException">The disk is full, or the file cannot be written.</exception>
    public long WriteSparsely(long offset, ReadOnlySpan<byte> content)
    {
        long written = 0;
        for (int start = 0; start < content.Length;)
        {
            bool isZero = IsZeroPage(offset, content, start);
            int end = PageEnd(offset, start, content.Length);
            while (end < content.Length && IsZeroPage(offset, content, end) == isZero)
            {
                end = PageEnd(offset, end, content.Length);
            }

            if (!isZero)
            {
                Write(offset + start, content[start..end]);
                written += end - start;
            }

            start = end;
        }

        return written;
    }

    /// <summary>Makes a range read as zeros: a hole where that is possible.</summary>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="RestoreException">The file cannot be written.</exception>
    public long Clear(long offset, long length)
    {
        if (IsHole(offset, length) || (!_isDevice && Posix.PunchHole(_handle, offset, length) == 0))
        {
            return 0;
        }

        // A device, or a file system without holes: there only what is there has to go.
        long end = _isDevice ? offset + length : Math.Min(offset + length, Length);
        byte[] zeros = new byte[Math.Min(length, ZeroBufferLength)];
        long written = 0;
        for (long position = offset; position < end; position += zeros.Length)
        {
            written += WriteDifferences(position, zeros.AsSpan(0, (int)Math.Min(zeros.Length, end - position)), isSparse: false);
        }

        return written;
    }

    /// <summary>Makes pages that were read as zeros, and are allocated, holes.</summary>
    /// <param name="offset">Where in the file the content lies.</param>
    /// <param name="content">What lies there.</param>
    public void PunchZeros(long offset, ReadOnlySpan<byte> content)
    {
        foreach ((int start, int length) in ZeroRuns(offset, content))
        {
            if (!IsHole(offset + start, length))
            {
                _ = Posix.PunchHole(_handle, offset + start, length);
            }
        }
    }

    /// <summary>Whether zeros lie there that take room.</summary>
    public bool HasAllocatedZeros(long offset, ReadOnlySpan<byte> content) =>
        ZeroRuns(offset, content).Any(run => !IsHole(offset + run.Start, run.Length));

    /// <summary>
    /// Whether a range is a hole, or lies past the end, as far as its whole pages go; pages that it shares with what lies beside it have to
    /// read as zeros in it. A file system that does not tell says no.
    /// </summary>
    public bool IsHole(long offset, long length)
    {
        if (_isDevice)
        {
            return false;
        }

        long end = offset + length;
        long firstWhole = Math.Min((offset + PageLength - 1) / PageLength * PageLength, end);
        long lastWhole = Math.Max(end / PageLength * PageLength, firstWhole);
        return IsUnallocated(firstWhole, lastWhole) && ReadsAsZeros(offset, firstWhole) && ReadsAsZeros(lastWhole, end);
    }

    private bool IsUnallocated(long start, long end)
    {
        long data = start == end ? end : Posix.FindData(_handle, start);
        return data == -PosixErrno.NoDeviceOrAddress || data >= end;
    }

    // At most a page; the end of the file is as good as zeros.
    private bool ReadsAsZeros(long start, long end)
    {
        Span<byte> page = stackalloc byte[PageLength];
        return !page[..ReadPresent(start, page[..(int)(end - start)])].ContainsAnyExcept((byte)0);
    }

    private int ReadPresent(long offset, Span<byte> buffer)
    {
        int total = 0;
        while (total < buffer.Length && Posix.Read(_handle, buffer[total..], offset + total) is > 0 and int count)
        {
            total += count;
        }

        // What cannot be read is written.
        return total;
    }

    // Whole pages of zeros only: a part of a page is not freed anyway.
    private static List<(int Start, int Length)> ZeroRuns(long offset, ReadOnlySpan<byte> content)
    {
        List<(int Start, int Length)> runs = [];
        for (int start = 0; start < content.Length; start = PageEnd(offset, start, content.Length))
        {
            int length = PageEnd(offset, start, content.Length) - start;
            if (length < PageLength || !IsZeroPage(offset, content, start))
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].Start + runs[^1].Length == start)
            {
                runs[^1] = (runs[^1].Start, runs[^1].Length + length);
            }
            else
            {
                runs.Add((start, length));
            }
        }

        return runs;
    }

    private static PageState StateOf(long offset, ReadOnlySpan<byte> content, ReadOnlySpan<byte> present, int start, bool isSparse)
    {
        if (isSparse && IsZeroPage(offset, content, start))
        {
            return PageState.Zero;
        }

        int end = PageEnd(offset, start, content.Length);
        return end <= present.Length && content[start..end].SequenceEqual(present[start..end]) ? PageState.Same : PageState.Different;
    }

    private static bool IsZeroPage(long offset, ReadOnlySpan<byte> content, int start) =>
        !content[start..PageEnd(offset, start, content.Length)].ContainsAnyExcept((byte)0);

    // Pages are those of the file, not of the content, which may begin anywhere.
    private static int PageEnd(long offset, int start, int length) =>
        (int)Math.Min(start + PageLength - ((offset + start) % PageLength), length);
}
