namespace Dedup.Format;

/// <summary>What snapshots and the records of forgotten ones share: times with their offset, paths and tags.</summary>
internal static class SnapshotTextFormat
{
    private const int MaxPaths = 4096, MaxTags = 1024;

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    public static void WriteOffset(ByteWriter writer, DateTimeOffset time) => writer.I16((short)time.Offset.TotalMinutes);

    /// <exception cref="CorruptDataException">No place on earth is so far from UTC.</exception>
    public static TimeSpan ReadOffset(ref ByteReader reader)
    {
        TimeSpan offset = TimeSpan.FromMinutes(reader.I16());
        return offset.Duration() <= LargestOffset ? offset : throw reader.Corrupt($"a time zone {offset} away from UTC");
    }

    public static void WriteTime(ByteWriter writer, DateTimeOffset time)
    {
        writer.I64(UnixTime.FromDateTimeOffset(time));
        WriteOffset(writer, time);
    }

    /// <exception cref="CorruptDataException">The offset is impossible.</exception>
    public static DateTimeOffset ReadTime(ref ByteReader reader)
    {
        long nanoseconds = reader.I64();
        return UnixTime.ToDateTimeOffset(nanoseconds, ReadOffset(ref reader));
    }

    /// <exception cref="ArgumentException">There are too many.</exception>
    public static void WritePaths(ByteWriter writer, IReadOnlyList<string> paths) => WriteTexts(writer, paths, MaxPaths, nameof(paths));

    /// <exception cref="ArgumentException">There are too many.</exception>
    public static void WriteTags(ByteWriter writer, IReadOnlyList<string> tags) => WriteTexts(writer, tags, MaxTags, nameof(tags));

    public static string[] ReadPaths(ref ByteReader reader) => ReadTexts(ref reader, MaxPaths);

    public static string[] ReadTags(ref ByteReader reader) => ReadTexts(ref reader, MaxTags);

    private static void WriteTexts(ByteWriter writer, IReadOnlyList<string> texts, int max, string what)
    {
        if (texts.Count > max)
        {
            throw new ArgumentException($"A snapshot has room for {max} {what}, not {texts.Count}.", what);
        }

        writer.U16(texts.Count);
        foreach (string text in texts)
        {
            writer.Text(text);
        }
    }

    private static string[] ReadTexts(ref ByteReader reader, int max)
    {
        string[] texts = new string[reader.Count16(max)];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.Text();
        }

        return texts;
    }
}
