using Dedup.Crypto;
using Dedup.Format;
using Dedup.Sessions;
using Dedup.Snapshots;
using Dedup.Storage;
using Dedup.Tests.Format;

namespace Dedup.Tests.Sessions;

/// <summary>A repository of which only the objects matter by which sessions and prunes tell each other what they do.</summary>
internal sealed class SharedRepository
{
    public SharedRepository() => Store = new MeddlingStore(Objects);

    public static RepositoryKeys Keys => EngineVerdict.Keys;

    /// <summary>Where the objects lie.</summary>
    public MemoryStore Objects { get; } = new();

    /// <summary>The same, and others meddle.</summary>
    public MeddlingStore Store { get; }

    public GcLog Log => new(Store, Keys);

    public static PackId Pack(byte number) => new(VectorKeys.Id(number));

    public static GcRecord Record(long number, GcStep step, params byte[] packs) =>
        new(number, step, [.. packs.Select(Pack)], 0, "host", "test");

    public static Snapshot Snapshot(SnapshotId id) =>
        new() { Id = id, Time = DateTimeOffset.UnixEpoch, Tree = new BlobId(VectorKeys.Id(1)), Host = "host", Paths = ["/"] };

    public static SnapshotId Id(byte number) => new(VectorKeys.Id(number).AsSpan(0, SnapshotId.Length));

    public Task PutAsync(long number, GcStep step, params byte[] packs) =>
        PutAsync(RepositoryObjects.GcRecord(number, step), GcRecordFormat.Seal(Record(number, step, packs), Keys));

    public Task PutSnapshotAsync(SnapshotId id) => PutAsync(RepositoryObjects.Snapshot(id), SnapshotFormat.Seal(Snapshot(id), Keys));

    public Task PutAbortAsync(SnapshotId id) =>
        PutAsync(RepositoryObjects.Snapshot(id), SnapshotFormat.Seal(new SlotAbort(id, 0, "host", "test", "too slow"), Keys));

    public Task PutForgottenAsync(SnapshotId id) => PutAsync(RepositoryObjects.ForgottenRecord(id), ForgottenFormat.Seal(
        new ForgottenSnapshot
        {
            Id = id,
            Time = DateTimeOffset.UnixEpoch,
            Host = "host",
            Paths = ["/"],
            ForgottenAt = DateTimeOffset.UnixEpoch,
            ByHost = "host",
            ByUser = "user",
            Rule = "by hand",
        }, Keys));

    /// <summary>Puts an object, over one that is there.</summary>
    public async Task PutAsync(ObjectName name, byte[] content)
    {
        await DeleteAsync(name);
        await Objects.PutIfAbsentAsync(name, content, default);
    }

    public async Task DeleteAsync(ObjectName name) => await Objects.DeleteAsync(name, default);
}
