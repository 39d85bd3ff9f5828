using System.Buffers.Binary;
using Dedup.Snapshots;

namespace Dedup.Tests.Retention;

/// <summary>Makes snapshots of which only what retention looks at says anything.</summary>
internal static class SnapshotMaker
{
    /// <summary>The number becomes the id: a greater number is a greater id.</summary>
    public static Snapshot Make(DateTimeOffset time, int number, IReadOnlyList<string>? tags = null, string host = "mopped", IReadOnlyList<string>? paths = null)
    {
        byte[] id = new byte[SnapshotId.Length];
        BinaryPrimitives.WriteInt32BigEndian(id, number);
        return new Snapshot
        {
            Id = new SnapshotId(id),
            Time = time,
            Tree = default,
            Host = host,
            Paths = paths ?? ["/home"],
            Tags = tags ?? [],
        };
    }

    public static Snapshot Make(string time, int number, params string[] tags) => Make(RetentionCase.TimeOf(time), number, tags);
}
