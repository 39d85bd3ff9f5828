using Dedup.Crypto;
using Dedup.Snapshots;

namespace Dedup.Format;

/// <summary>
/// The plaintext of a snapshot object; the envelope binds the session's id.
/// <code>
/// decision (1): 1 = a snapshot        zero (1)
/// time zone's offset in minutes (2, signed)     sequence number (4), zero as long as nothing uses it
/// time (8), duration (8): ns          root tree (32)
/// parent (16), previous snapshot of the same client (16): zero when there is none
/// time zone, host, user, program (texts)
/// count of paths (2), each a text     count of tags (2), each a text
/// count of statistics (2), each (8), in the order of <see cref="WriteStatistics"/>
/// length of a signature (2), the signature: zero as long as nothing uses it
/// </code>
/// </summary>
internal static class SnapshotFormat
{
    private const byte Committed = 1;

    private const int MaxPaths = 4096, MaxTags = 1024, MaxStatistics = 64, MaxSignatureLength = 4096;

    private const int KnownStatistics = 14;

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    public static byte[] Seal(Snapshot snapshot, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        writer.U8(Committed);
        writer.Zeros(1);
        writer.I16((short)snapshot.Time.Offset.TotalMinutes);
        writer.Zeros(sizeof(uint));
        writer.I64(UnixTime.FromDateTimeOffset(snapshot.Time));
        writer.I64(snapshot.Duration.Ticks * 100);
        writer.Id(snapshot.Tree);
        writer.Id(snapshot.Parent);
        writer.Zeros(SnapshotId.Length);
        writer.Text(snapshot.TimeZone);
        writer.Text(snapshot.Host);
        writer.Text(snapshot.User);
        writer.Text(snapshot.Program);
        WriteTexts(writer, snapshot.Paths, MaxPaths, "paths");
        WriteTexts(writer, snapshot.Tags, MaxTags, "tags");
        WriteStatistics(writer, snapshot.Statistics);
        writer.U16(0);

        return writer.Length + SealedObject.Overhead <= Limits.MaxSnapshotLength
            ? SealedObject.Seal(SealedObject.SnapshotMagic, keys.Snapshot, keys.Repository, snapshot.Id.ToArray(), writer.Written)
            : throw new ArgumentException("The paths and tags are too long together for a snapshot.", nameof(snapshot));
    }

    /// <exception cref="CorruptDataException">The snapshot is damaged, renamed or of another repository.</exception>
    public static Snapshot Open(ReadOnlySpan<byte> whole, SnapshotId id, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(SealedObject.SnapshotMagic, keys.Snapshot, keys.Repository, id.ToArray(), whole, objectName);
        ByteReader reader = new(plain, objectName);
        byte decision = reader.U8();
        if (decision != Committed)
        {
            throw reader.Corrupt($"a commit slot of kind {decision}, which this program does not know");
        }

        reader.Zeros(1);
        TimeSpan offset = TimeSpan.FromMinutes(reader.I16());
        if (offset.Duration() > LargestOffset)
        {
            throw reader.Corrupt($"a time zone {offset} away from UTC");
        }

        reader.U32();
        DateTimeOffset time = UnixTime.ToDateTimeOffset(reader.I64(), offset);
        TimeSpan duration = TimeSpan.FromTicks(reader.I64() / 100);
        BlobId tree = reader.BlobId();
        SnapshotId parent = reader.SnapshotId();
        reader.SnapshotId();
        Snapshot snapshot = new()
        {
            Id = id,
            Time = time,
            Duration = duration,
            Tree = tree,
            Parent = parent,
            TimeZone = reader.Text(),
            Host = reader.Text(),
            User = reader.Text(),
            Program = reader.Text(),
            Paths = ReadTexts(ref reader, MaxPaths),
            Tags = ReadTexts(ref reader, MaxTags),
            Statistics = ReadStatistics(ref reader),
        };
        reader.Bytes(reader.Count16(MaxSignatureLength));
        reader.End();
        return snapshot;
    }

    private static void WriteTexts(ByteWriter writer, IReadOnlyList<string> texts, int max, string what)
    {
        if (texts.Count > max)
        {
            throw new ArgumentException($"A snapshot has room for {max} {what}, not {texts.Count}.", nameof(texts));
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

    private static void WriteStatistics(ByteWriter writer, BackupStatistics statistics)
    {
        ReadOnlySpan<long> values =
        [
            statistics.FilesNew, statistics.FilesChanged, statistics.FilesUnmodified,
            statistics.DirectoriesNew, statistics.DirectoriesChanged, statistics.DirectoriesUnmodified,
            statistics.DataBlobs, statistics.TreeBlobs, statistics.DataAdded, statistics.DataAddedPacked,
            statistics.BytesRead, statistics.Errors, statistics.TotalFiles, statistics.TotalBytes,
        ];
        writer.U16(values.Length);
        foreach (long value in values)
        {
            writer.Length64(value);
        }
    }

    /// <summary>A later program may add statistics at the end; an earlier one passes over them.</summary>
    private static BackupStatistics ReadStatistics(ref ByteReader reader)
    {
        int count = reader.Count16(MaxStatistics);
        long[] values = new long[Math.Max(count, KnownStatistics)];
        for (int i = 0; i < count; i++)
        {
            values[i] = reader.Length64();
        }

        return new BackupStatistics
        {
            FilesNew = values[0],
            FilesChanged = values[1],
            FilesUnmodified = values[2],
            DirectoriesNew = values[3],
            DirectoriesChanged = values[4],
            DirectoriesUnmodified = values[5],
            DataBlobs = values[6],
            TreeBlobs = values[7],
            DataAdded = values[8],
            DataAddedPacked = values[9],
            BytesRead = values[10],
            Errors = values[11],
            TotalFiles = values[12],
            TotalBytes = values[13],
        };
    }
}
