using Dedup.Storage;

namespace Dedup;

/// <summary>The names of a repository's objects and the folders they lie in.</summary>
internal static class RepositoryObjects
{
    public const string Keys = "keys", Packs = "packs", Index = "index", Sessions = "sessions", Snapshots = "snapshots";

    public static ObjectName Config { get; } = ObjectName.Parse("config");

    public static ObjectName Key(Bytes32 id) => ObjectName.Parse($"{Keys}/{id}");

    public static ObjectName Pack(PackId id) => ObjectName.Parse($"{Packs}/{id}");

    public static ObjectName Segment(Bytes32 id) => ObjectName.Parse($"{Index}/{id}");

    public static ObjectName Session(SnapshotId id) => ObjectName.Parse($"{Sessions}/{id}");

    public static ObjectName Snapshot(SnapshotId id) => ObjectName.Parse($"{Snapshots}/{id}");
}
