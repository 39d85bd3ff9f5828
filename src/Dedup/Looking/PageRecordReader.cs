using Dedup.Format;

namespace Dedup.Looking;

/// <summary>Reads what <see cref="PageRecordWriter"/> wrote, and counts: records have no numbers of their own.</summary>
internal sealed class PageRecordReader
{
    private NumberRun[] _runs = new NumberRun[64];

    /// <summary>How many entries have been read.</summary>
    public int Entries { get; private set; }

    /// <summary>How many pages have been read.</summary>
    public int Pages { get; private set; }

    /// <summary>Shows a visitor what a batch holds.</summary>
    /// <exception cref="CorruptDataException">It makes no sense.</exception>
    public void Read(byte[] batch, IPageVisitor visitor)
    {
        ByteReader reader = new(batch, PageLog.FileName);
        while (reader.Remaining > 0)
        {
            byte kind = reader.U8();
            switch (kind)
            {
                case PageRecordWriter.Entry or PageRecordWriter.DirectoryEntry:
                    int tree = kind == PageRecordWriter.Entry ? -1 : reader.Count32(Pages - 1);
                    visitor.Entry(Entries, tree, reader.Bytes(reader.Count32(reader.Remaining)));
                    Entries++;
                    break;
                case PageRecordWriter.Page:
                    byte level = reader.U8();
                    BlobId id = reader.BlobId();
                    visitor.Page(Pages, id, level, ReadRuns(ref reader, level == 0 ? Entries : Pages));
                    Pages++;
                    break;
                default:
                    throw reader.Corrupt($"a record of kind {kind}");
            }
        }
    }

    private ReadOnlySpan<NumberRun> ReadRuns(ref ByteReader reader, int limit)
    {
        int count = reader.Count32(reader.Remaining);
        ReadOnlySpan<byte> bytes = reader.Bytes(reader.Count32(reader.Remaining));
        if (_runs.Length < count)
        {
            _runs = new NumberRun[count * 2];
        }

        // A search reads millions of these: hence no reader that keeps its place in memory.
        Span<NumberRun> runs = _runs.AsSpan(0, count);
        int position = 0, end = 0;
        for (int i = 0; i < runs.Length; i++)
        {
            uint step = Varint(bytes, ref position), length = Varint(bytes, ref position);
            int start = unchecked(end + ((int)(step >> 1) ^ -(int)(step & 1)));
            if (position > bytes.Length || start < 0 || length > limit || start > limit - (int)length)
            {
                throw reader.Corrupt("a run of what is not there");
            }

            end = start + (int)length;
            runs[i] = new NumberRun(start, (int)length);
        }

        return runs;
    }

    /// <summary>Reads a number; past the end the position says so.</summary>
    private static uint Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        uint value = 0;
        for (int shift = 0; (uint)position < (uint)bytes.Length; shift += 7)
        {
            byte part = bytes[position++];
            value |= unchecked((uint)(part & 0x7F) << shift);
            if (part < 0x80)
            {
                return value;
            }
        }

        position = bytes.Length + 1;
        return 0;
    }
}
