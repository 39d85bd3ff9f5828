using System.Buffers.Binary;
using Dedup.Trees;

namespace Dedup.Archives;

/// <summary>
/// Writes a zip front to back, with modes and owners of Unix, symbolic links, and sizes beyond 4 GiB (zip64). Content is deflated in blocks of 1 MiB on
/// all processors. Hard links, devices, pipes and extended attributes have no place in a zip: whoever calls knows.
/// </summary>
/// <remarks>The platform's own ZipArchive has no times in UTC, compresses on one thread and keeps every entry in memory as an object.</remarks>
internal sealed class ZipWriter : ArchiveWriter
{
    private const int BlockLength = 1 << 20;

    /// <summary>Small files are a block each: with fewer under way, processors would wait for one another.</summary>
    private const int BlocksPerProcessor = 8;

    /// <summary>The central directory is kept in pieces, as no array may be as long as it can get.</summary>
    private const int DirectoryPieceLength = 1 << 20;

    private static readonly byte[] Zeros = new byte[64 << 10];

    private readonly PlainOutput _output;
    private readonly BlockQueue<ZipBlock> _queue;
    private readonly List<MemoryStream> _directory = [new()];
    private long _written, _entries, _left;
    private ZipBlock? _block;

    /// <param name="destination">Takes the archive.</param>
    /// <param name="concurrency">How many blocks are compressed at once.</param>
    public ZipWriter(Stream destination, int concurrency)
    {
        _output = new PlainOutput(destination);
        _queue = new BlockQueue<ZipBlock>(concurrency * BlocksPerProcessor, static block => block.Deflate(), PassOn);
    }

    public override void Begin(ArchiveEntry entry)
    {
        RequireEnd();
        ZipEntry made = new(entry);
        _left = entry.Metadata.Type == NodeType.File ? entry.Metadata.Size : 0;
        if (_left > 0)
        {
            _block = NewBlock(made, isFirst: true);
            return;
        }

        ZipBlock whole = new(made, 0, isFirst: true) { IsLast = true };
        whole.Store(entry.LinkTarget);
        made.Crc = Crc32.Append(0, entry.LinkTarget.Span);
        made.StoredLength = made.PlainLength = entry.LinkTarget.Length;
        _queue.Add(whole, isEncoded: true);
    }

    public override void Write(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            ZipBlock block = _block ?? throw new InvalidOperationException("More content than the size of the file.");
            ReadOnlySpan<byte> left = block.Fill(content);
            ReadOnlySpan<byte> taken = content[..^left.Length];
            block.Entry.Crc = Crc32.Append(block.Entry.Crc, taken);
            _left -= taken.Length;
            content = left;
            if (block.PlainLength == block.Capacity)
            {
                block.IsLast = _left == 0;
                _queue.Add(block);
                _block = _left == 0 ? null : NewBlock(block.Entry, isFirst: false);
            }
        }
    }

    public override void WriteHole(long length)
    {
        for (long left = length; left > 0; left -= Zeros.Length)
        {
            Write(Zeros.AsSpan(0, (int)Math.Min(left, Zeros.Length)));
        }
    }

    public override void Complete()
    {
        RequireEnd();
        _queue.Complete();
        long begin = _written;
        foreach (MemoryStream piece in _directory)
        {
            WriteOut(piece.GetBuffer().AsSpan(0, (int)piece.Length));
        }

        WriteEnd(begin, _written - begin);
        _output.Complete();
    }

    public override void Dispose() => _queue.Dispose();

    private void RequireEnd()
    {
        if (_block is not null)
        {
            throw new InvalidOperationException($"A file came to {_left} bytes less than its size.");
        }
    }

    private ZipBlock NewBlock(ZipEntry entry, bool isFirst) => new(entry, (int)Math.Min(_left, BlockLength), isFirst);

    private void PassOn(ZipBlock block)
    {
        ZipEntry entry = block.Entry;
        bool isDeflated = block.Capacity > 0;
        if (block.IsFirst)
        {
            entry.Offset = _written;
            WriteOut(entry.ToLocalHeader());
        }

        WriteOut(block.Encoded.Span);
        if (isDeflated)
        {
            entry.StoredLength += block.Encoded.Length;
            entry.PlainLength += block.PlainLength;
        }

        if (block.IsLast)
        {
            WriteOut(isDeflated ? entry.ToDescriptor() : []);
            NoteInDirectory(entry);
        }

        block.Dispose();
    }

    private void NoteInDirectory(ZipEntry entry)
    {
        _entries++;
        if (_directory[^1].Length >= DirectoryPieceLength)
        {
            _directory.Add(new MemoryStream());
        }

        _directory[^1].Write(entry.ToDirectoryLine());
    }

    private void WriteEnd(long begin, long length)
    {
        if (_entries >= ushort.MaxValue || begin >= uint.MaxValue || length >= uint.MaxValue)
        {
            WriteZip64End(begin, length);
        }

        Span<byte> end = stackalloc byte[22];
        end.Clear();
        ushort entries = (ushort)Math.Min(_entries, ushort.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x0605_4B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)Math.Min(length, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)Math.Min(begin, uint.MaxValue));
        WriteOut(end);
    }

    // The record with the true numbers, and the locator that leads to it.
    private void WriteZip64End(long begin, long length)
    {
        Span<byte> end = stackalloc byte[56 + 20];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x0606_4B50);
        BinaryPrimitives.WriteInt64LittleEndian(end[4..], 56 - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(end[12..], (3 << 8) | 45);
        BinaryPrimitives.WriteUInt16LittleEndian(end[14..], 45);
        BinaryPrimitives.WriteInt64LittleEndian(end[24..], _entries);
        BinaryPrimitives.WriteInt64LittleEndian(end[32..], _entries);
        BinaryPrimitives.WriteInt64LittleEndian(end[40..], length);
        BinaryPrimitives.WriteInt64LittleEndian(end[48..], begin);
        BinaryPrimitives.WriteUInt32LittleEndian(end[56..], 0x0706_4B50);
        BinaryPrimitives.WriteInt64LittleEndian(end[64..], _written);
        BinaryPrimitives.WriteUInt32LittleEndian(end[72..], 1);
        WriteOut(end);
    }

    private void WriteOut(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _written += bytes.Length;
    }
}
