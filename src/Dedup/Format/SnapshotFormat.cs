using Dedup.Crypto;
using Dedup.Snapshots;

namespace Dedup.Format;

/// <summary>
/// The plaintext of a commit slot; the envelope binds the session's id. A snapshot:
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
/// An abort:
/// <code>
/// decision (1): 2 = an abort          zero (1)
/// time (8, ns), host, program, reason (texts)
/// </code>
/// </summary>
internal static class SnapshotFormat
{
    private const byte Committed = 1, Aborted = 2;

    private const int MaxStatistics = 64, MaxSignatureLength = 4096;

    private const int KnownStatistics = 14;

    public static byte[] Seal(Snapshot snapshot, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        writer.U8(Committed);
        writer.Zeros(1);
        SnapshotTextFormat.WriteOffset(writer, snapshot.Time);
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
        SnapshotTextFormat.WritePaths(writer, snapshot.Paths);
        SnapshotTextFormat.WriteTags(writer, snapshot.Tags);
        WriteStatistics(writer, snapshot.Statistics);
        writer.U16(0);

        return writer.Length + SealedObject.Overhead <= Limits.MaxSnapshotLength
            ? Seal(snapshot.Id, keys, writer)
            : throw new ArgumentException("The paths and tags are too long together for a snapshot.", nameof(snapshot));
    }

    public static byte[] Seal(SlotAbort abort, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        writer.U8(Aborted);
        writer.Zeros(1);
        writer.I64(abort.AbortedNs);
        writer.Text(abort.Host);
        writer.Text(abort.Program);
        writer.Text(abort.Reason);
        return Seal(abort.Id, keys, writer);
    }

    /// <exception cref="CorruptDataException">The slot is damaged, renamed or of another repository.</exception>
    public static CommitSlot Open(ReadOnlySpan<byte> whole, SnapshotId id, RepositoryKeys keys, string objectName) =>
        Read(Unseal(whole, id, keys, objectName), id, objectName);

    /// <summary>The plaintext of a commit slot, for <see cref="Read"/>.</summary>
    /// <exception cref="CorruptDataException">The slot is damaged, renamed or of another repository.</exception>
    public static byte[] Unseal(ReadOnlySpan<byte> whole, SnapshotId id, RepositoryKeys keys, string objectName) =>
        SealedObject.Open(SealedObject.SnapshotMagic, keys.Snapshot, keys.Repository, id.ToArray(), whole, objectName);

    /// <exception cref="CorruptDataException">The plaintext makes no sense.</exception>
    public static CommitSlot Read(ReadOnlySpan<byte> plain, SnapshotId id, string objectName)
    {
        ByteReader reader = new(plain, objectName);
        byte decision = reader.U8();
        reader.Zeros(1);
        return decision switch
        {
            Committed => new CommitSlot(ReadSnapshot(ref reader, id), null),
            Aborted => new CommitSlot(null, ReadAbort(ref reader, id)),
            _ => throw reader.Corrupt($"a commit slot of kind {decision}, which this program does not know"),
        };
    }

    private static byte[] Seal(SnapshotId id, RepositoryKeys keys, ByteWriter writer) =>
        SealedObject.Seal(SealedObject.SnapshotMagic, keys.Snapshot, keys.Repository, id.ToArray(), writer.Written);

    private static SlotAbort ReadAbort(ref ByteReader reader, SnapshotId id)
    {
        SlotAbort abort = new(id, reader.I64(), reader.Text(), reader.Text(), reader.Text());
        reader.End();
        return abort;
    }

    private static Snapshot ReadSnapshot(ref ByteReader reader, SnapshotId id)
    {
        TimeSpan offset = SnapshotTextFormat.ReadOffset(ref reader);
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
            Paths = SnapshotTextFormat.ReadPaths(ref reader),
            Tags = SnapshotTextFormat.ReadTags(ref reader),
            Statistics = ReadStatistics(ref reader),
        };
        reader.Bytes(reader.Count16(MaxSignatureLength));
        reader.End();
        return snapshot;
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
