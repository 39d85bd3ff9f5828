namespace Dedup.Tests.Format;

/// <summary>The fixed keys and salts of the vectors. Nobody may use them for anything else.</summary>
internal static class VectorKeys
{
    public static byte[] RepositoryId { get; } = Counting(0x00, 32);

    public static byte[] MasterKey { get; } = Counting(0x40, 32);

    public static byte[] Salt { get; } = Counting(0x80, 32);

    public static byte[] SessionId { get; } = Counting(0xC0, 16);

    public static Dedup.FormatReader.RepositoryKeys Keys { get; } = new(RepositoryId, MasterKey);

    public static Dedup.FormatReader.RepositoryKeys OtherKeys { get; } = new(Counting(0x20, 32), MasterKey);

    /// <summary>Bytes that count up from a first one.</summary>
    public static byte[] Counting(int first, int length) => [.. Enumerable.Range(first, length).Select(i => (byte)(i & 0xFF))];

    /// <summary>An id that is easy to tell apart: 32 times the same byte.</summary>
    public static byte[] Id(byte value) => [.. Enumerable.Repeat(value, 32)];
}
