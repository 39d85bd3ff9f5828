using Dedup.Crypto;

namespace Dedup.Fuzz;

/// <summary>The keys that inputs are sealed with, to the engine and to the independent reader. Nobody may use them for anything else.</summary>
internal static class FuzzKeys
{
    public static byte[] MasterBytes { get; } = Counting(0x40, MasterKey.Length);

    public static Bytes32 Repository { get; } = new(Counting(0, Bytes32.Length));

    public static RepositoryKeys Keys { get; } = new(MasterKey.FromBytes(MasterBytes), Repository);

    public static FormatReader.RepositoryKeys Independent { get; } = new(Repository.ToArray(), MasterBytes);

    /// <summary>The salt of whatever is sealed: the same each time, so that only the content differs.</summary>
    public static byte[] Salt { get; } = Counting(0x80, ObjectKey.SaltLength);

    public static SnapshotId Session { get; } = new(Counting(0xC0, SnapshotId.Length));

    /// <summary>Bytes that count up from a first one.</summary>
    public static byte[] Counting(int first, int length) => [.. Enumerable.Range(first, length).Select(static i => (byte)(i & 0xFF))];
}
