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
        int count = (int)Varint(ref reader);
        if (count < 0 || count > reader.Remaining)
        {
            throw reader.Corrupt($"{count} runs");
        }

        if (_runs.Length < count)
        {
            _runs = new NumberRun[count * 2];
        }

        int end = 0;
        for (int i = 0; i < count; i++)
        {
            uint step = Varint(ref reader);
            int start = unchecked(end + ((int)(step >> 1) ^ -(int)(step & 1)));
            uint length = Varint(ref reader);
            if (start < 0 || length > limit || start > limit - (int)length)
            {
                throw reader.Corrupt("a run of what is not there");
            }

            end = start + (int)length;
            _runs[i] = new NumberRun(start, (int)length);
        }

        return _runs.AsSpan(0, count);
    }

    private static uint Varint(ref ByteReader reader)
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte part = reader.U8();
            value |= unchecked((uint)(part & 0x7F) << shift);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw reader.Corrupt("a number without an end");
    }
}
