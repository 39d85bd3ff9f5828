using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>A file of the target that is read back to see whether it holds what the snapshot holds.</summary>
/// <param name="open">Opens it, to read it.</param>
/// <param name="path">Names it for people.</param>
/// <param name="node">What it is to be.</param>
/// <param name="isDevice">Whether it may be longer.</param>
internal sealed class VerifiedFile(Func<TargetFile> open, Func<string> path, Node node, bool isDevice = false) : ComparedFile
{
    private const int BufferLength = 256 << 10;

    private int _isForgotten;
    private long _firstDifference = long.MaxValue;

    /// <summary>A file in a directory.</summary>
    public VerifiedFile(RestoreDirectory directory, Node node)
        : this(() => directory.Target.OpenForReading(node.Name), () => directory.PathOf(node.Name), node)
    {
    }

    /// <summary>The path, for people.</summary>
    public string Path => path();

    /// <summary>Opens the file; at the first time what memory keeps of it is let go.</summary>
    public override TargetFile OpenForReading()
    {
        TargetFile file = open();
        if (Interlocked.Exchange(ref _isForgotten, 1) == 0)
        {
            file.ForgetCached();
        }

        return file;
    }

    public override bool Same(long offset, in Extent extent, TargetFile file, ReadOnlySpan<byte> found) => false;

    public override bool Differs(long offset, in Extent extent)
    {
        if (extent.IsHole && ReadsAsZeros(offset, extent.Length))
        {
            return false;
        }

        long first = Interlocked.Read(ref _firstDifference);
        while (offset < first)
        {
            first = Interlocked.CompareExchange(ref _firstDifference, offset, first) is var seen && seen == first ? offset : seen;
        }

        return false;
    }

    /// <summary>Notes that its list of chunks cannot be read, so that nobody knows what it should hold.</summary>
    public void DiffersFrom(long offset) => _firstDifference = Math.Min(_firstDifference, offset);

    /// <summary>What is wrong, after all pieces were compared; <see langword="null"/> when nothing is.</summary>
    public string? FindFault()
    {
        if (_firstDifference != long.MaxValue)
        {
            return $"does not read back as it is in the snapshot, in the chunk at byte {_firstDifference}";
        }

        try
        {
            using TargetFile file = OpenForReading();
            return isDevice || file.Length == node.Metadata.Size ? null : $"reads back with {file.Length} bytes where {node.Metadata.Size} are due";
        }
        catch (RestoreException exception)
        {
            return exception.Reason;
        }
    }

    // A hole that could not be made one, or that was there as zeros and is of no difference to whoever reads.
    private bool ReadsAsZeros(long offset, long length)
    {
        byte[] buffer = new byte[Math.Min(length, BufferLength)];
        try
        {
            using TargetFile file = OpenForReading();
            for (long done = 0; done < length; done += buffer.Length)
            {
                Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
                if (file.Read(offset + done, part) != part.Length || part.ContainsAnyExcept((byte)0))
                {
                    return false;
                }
            }

            return true;
        }
        catch (RestoreException)
        {
            return false;
        }
    }
}
