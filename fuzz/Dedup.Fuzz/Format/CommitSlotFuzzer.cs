using Dedup.Format;
using Dedup.Snapshots;

namespace Dedup.Fuzz;

/// <summary>Commit slots (format-spec.md, section 15): snapshots and aborts.</summary>
internal sealed class CommitSlotFuzzer() : SealedFuzzer<CommitSlot>("snapshot", SealedObject.SnapshotMagic, FuzzKeys.Keys.Snapshot, FuzzKeys.Session.ToArray())
{
    /// <summary>What stands before the texts of a snapshot: times, which the engine keeps in 100 ns, and fields that a reader ignores.</summary>
    private const int TextsFrom = 88;

    /// <summary>What the engine writes behind the tags: 14 statistics and no signature.</summary>
    private const int WrittenBehindTags = sizeof(ushort) + (14 * sizeof(long)) + sizeof(ushort);

    protected override IEnumerable<CommitSlot> Values =>
    [
        new(
            new Snapshot
            {
                Id = FuzzKeys.Session, Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)), Duration = TimeSpan.FromSeconds(9),
                Tree = new BlobId(FuzzKeys.Counting(1, BlobId.Length)), Parent = FuzzKeys.Session, Host = "host", User = "ann", TimeZone = "Europe/Berlin",
                Program = "dedup 0.1.0", Paths = ["/home", "/etc"], Tags = ["a", "b"], Statistics = new BackupStatistics { FilesNew = 3, TotalBytes = 1 << 20 },
            },
            null),
        new(new Snapshot { Id = FuzzKeys.Session, Time = DateTimeOffset.UnixEpoch, Tree = default, Host = "", Paths = [] }, null),
        new(null, new SlotAbort(FuzzKeys.Session, 1_700_000_000_000_000_000, "host", "dedup 0.1.0", "did not answer")),
    ];

    protected override CommitSlot Read(ReadOnlySpan<byte> whole) => SnapshotFormat.Open(whole, FuzzKeys.Session, FuzzKeys.Keys, Name);

    protected override byte[] Write(CommitSlot value) =>
        value.Snapshot is { } snapshot ? SnapshotFormat.Seal(snapshot, FuzzKeys.Keys) : SnapshotFormat.Seal(value.Abort!, FuzzKeys.Keys);

    protected override void ReadIndependently(byte[] whole) => FormatReader.CommitSlot.Open(FuzzKeys.Independent, FuzzKeys.Session.ToArray(), whole);

    protected override bool SaysTheSame(ReadOnlySpan<byte> read, ReadOnlySpan<byte> written) => read[0] != 1
        ? read.SequenceEqual(written)
        : read[TextsFrom..].StartsWith(written[TextsFrom..^WrittenBehindTags]);

    protected override IEnumerable<long> Describe(CommitSlot value) => value.Snapshot is { } snapshot
        ? [1, snapshot.Paths.Count, snapshot.Tags.Count, snapshot.Host.Length, snapshot.Statistics.TotalBytes]
        : [2, value.Abort!.Reason.Length];
}
