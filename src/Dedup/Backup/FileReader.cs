using Dedup.Chunking;
using Dedup.Content;
using Dedup.Format;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Backup;

/// <summary>Reads files, cuts them and stores their chunks: what one thread of a backup does.</summary>
internal sealed class FileReader(BackupContext context) : IDisposable
{
    /// <summary>A shorter hole is read as zeros: it is not worth an extent.</summary>
    private const int MinHoleLength = 64 << 10;

    private readonly Chunker _chunker = new(context.Keys.Chunker, context.Chunks);
    private readonly List<Extent> _extents = [];
    private byte[] _content = [];

    /// <summary>Does jobs until there are no more.</summary>
    public void Run()
    {
        while (context.Queue.TryTake(out Job? job))
        {
            job.Run(this);
        }
    }

    /// <summary>Backs a file up.</summary>
    public void Read(FileJob job)
    {
        context.Counters.Begin(job);
        if (job.Length > WorkQueue.LargeLength)
        {
            ReadLarge(job);
            context.Queue.LargeFileIsRead();
        }
        else if (!TryReadSmall(job))
        {
            ReadLarge(job);
        }
    }

    /// <summary>Stores a chunk of a large file.</summary>
    public void Store(LargeFile file, long place, ReadOnlySpan<byte> chunk) =>
        file.Put(place, new Extent(context.Writer.Write(BlobKind.Data, chunk), chunk.Length));

    public void Dispose() => _chunker.Dispose();

    /// <returns>Whether the file was done with; otherwise it is larger than it seemed, or has holes.</returns>
    private bool TryReadSmall(FileJob job)
    {
        try
        {
            long openedNs = context.NowNs;
            using ISourceFile file = job.Directory.Source.OpenFile(job.Name);
            NodeMetadata before = file.Stat();
            if (before.Size >= MinHoleLength && HasHoles(file, before.Size))
            {
                return false;
            }

            int length = ReadContent(file, before.Size);
            if (length > WorkQueue.LargeLength)
            {
                return false;
            }

            StoreContent(length);
            Node node = Describe(job, file, before, openedNs);
            (BlobId list, IReadOnlyList<Extent> inline) = ListExtents();
            context.AddFile(job.Directory, job.Name, NodeType.File, job.IsNew, isUnmodified: false, length);
            job.Complete(node with { Metadata = before with { Size = length }, List = list, Extents = inline });
        }
        catch (SourceException exception)
        {
            context.Report(job.Directory.PathOf(job.Name), exception);
            job.Complete(null);
        }

        return true;
    }

    /// <summary>Reads to the end of the file, or one byte past what counts as small.</summary>
    private int ReadContent(ISourceFile file, long expected)
    {
        int length = 0;
        int wanted = (int)Math.Min(expected, WorkQueue.LargeLength) + 1;
        while (true)
        {
            if (_content.Length < wanted)
            {
                Array.Resize(ref _content, wanted);
            }

            int read = file.Read(length, _content.AsSpan(length, wanted - length));
            length += read;
            context.Counters.AddRead(read);
            if (length < wanted || length > WorkQueue.LargeLength)
            {
                return length;
            }

            wanted = (int)Math.Min((long)wanted * 2, WorkQueue.LargeLength + 1);
        }
    }

    private void StoreContent(int length)
    {
        _extents.Clear();
        for (int start = 0; start < length;)
        {
            int cut = _chunker.FindCut(_content.AsSpan(start, length - start), isEnd: true);
            _extents.Add(new Extent(context.Writer.Write(BlobKind.Data, _content.AsSpan(start, cut)), cut));
            start += cut;
        }
    }

    /// <summary>The extents of a small file as its node has them: with short chunks even such a file has more than a node holds.</summary>
    private (BlobId List, IReadOnlyList<Extent> Inline) ListExtents()
    {
        if (_extents.Count <= NodeFormat.MaxInlineExtents)
        {
            return (default, _extents.ToArray());
        }

        ListWriter list = new(context.Writer.Write);
        foreach (Extent extent in _extents)
        {
            list.Add(extent);
        }

        return list.Finish();
    }

    private void ReadLarge(FileJob job)
    {
        LargeFile large = new(context, job);
        long place = 0;
        Node? node = null;
        SourceException? failure = null;
        try
        {
            long openedNs = context.NowNs;
            using ISourceFile file = job.Directory.Source.OpenFile(job.Name);
            NodeMetadata before = file.Stat();
            for (long offset = 0; offset < before.Size;)
            {
                if (!file.TryFindData(offset, out long start, out long end) || start >= before.Size)
                {
                    start = end = before.Size;
                }

                if (start - offset >= MinHoleLength)
                {
                    large.Put(place++, Extent.Hole(start - offset));
                    offset = start;
                }

                end = Math.Min(end, before.Size);
                long read = CutRegion(file, large, offset, end, ref place);
                if (read < end - offset)
                {
                    break;
                }

                offset = end;
            }

            node = Describe(job, file, before, openedNs);
        }
        catch (SourceException exception)
        {
            failure = exception;
        }

        large.Close(place, node, failure);
    }

    /// <summary>Cuts a region without holes into chunks and queues them.</summary>
    /// <returns>How many bytes there were: fewer than the region's length where the file became shorter.</returns>
    private long CutRegion(ISourceFile file, LargeFile large, long offset, long end, ref long place)
    {
        if (offset == end)
        {
            return 0;
        }

        long position = offset;
        bool isEnd = false;
        int start = 0, filled = 0;
        ReadBuffer buffer = context.Queue.RentBuffer(this);
        try
        {
            while (!isEnd)
            {
                int wanted = (int)Math.Min(buffer.Bytes.Length - filled, end - position);
                int read = file.Read(position, buffer.Bytes.AsSpan(filled, wanted));
                context.Counters.AddRead(read);
                context.CancellationToken.ThrowIfCancellationRequested();
                position += read;
                filled += read;
                isEnd = read < wanted || position == end;
                QueueChunks(large, buffer, ref start, filled, isEnd, ref place);
                if (!isEnd)
                {
                    buffer = CarryOver(buffer, ref start, ref filled);
                }
            }
        }
        finally
        {
            buffer.Release();
        }

        return position - offset;
    }

    private void QueueChunks(LargeFile large, ReadBuffer buffer, ref int start, int filled, bool isEnd, ref long place)
    {
        while (_chunker.TryFindCut(buffer.Bytes.AsSpan(start, filled - start), isEnd, out int cut))
        {
            buffer.AddUser();
            context.Queue.Add(new ChunkJob(large, place++, buffer, start, cut));
            start += cut;
        }
    }

    /// <summary>Moves what is not cut yet to the front of another buffer: this one is still needed by its chunks.</summary>
    private ReadBuffer CarryOver(ReadBuffer buffer, ref int start, ref int filled)
    {
        ReadBuffer next = context.Queue.RentBuffer(this);
        buffer.Bytes.AsSpan(start, filled - start).CopyTo(next.Bytes);
        filled -= start;
        start = 0;
        buffer.Release();
        return next;
    }

    /// <summary>The node of a file that has been read, without content.</summary>
    private Node Describe(FileJob job, ISourceFile file, NodeMetadata before, long openedNs)
    {
        // By the moment it was opened: of two changes in one step of the clock, the one that came while it was read shows in no time.
        NodeMetadata after = file.Stat();
        NodeRemarks remarks = BackupContext.RemarksOn(after.ChangedNs, openedNs);
        if (after.Size != before.Size || after.ModifiedNs != before.ModifiedNs)
        {
            remarks = NodeRemarks.ChangedWhileRead;
            context.Problems.Enqueue(new BackupProblem(job.Directory.PathOf(job.Name), "changed while it was read", ProblemSeverity.Warning));
        }

        return new Node
        {
            Name = job.Name,
            Metadata = before,
            Remarks = remarks,
            Xattrs = context.Store(file.ReadXattrs()),
        };
    }

    private static bool HasHoles(ISourceFile file, long size) =>
        !file.TryFindData(0, out long start, out long end) || start != 0 || end < size;
}
