namespace Dedup.Tests.Format;

/// <summary>A node, field by field (section 12).</summary>
internal sealed record NodeParts(byte[] Name, int Type)
{
    public int Remarks { get; init; }

    public int Mode { get; init; } = 0b110_100_100;

    public byte[] User { get; init; } = "user"u8.ToArray();

    public byte[] Group { get; init; } = "gröup"u8.ToArray();

    public long Mtime { get; init; } = 1_700_000_000_123_456_789;

    public ulong Inode { get; init; } = 4711;

    public long LinkCount { get; init; } = 1;

    public ulong LinkDevice { get; init; }

    public int? AttributeCount { get; init; }

    public List<byte[]> Attributes { get; init; } = [];

    /// <summary>What follows by the type.</summary>
    public byte[] Tail { get; init; } = [];

    public byte[] Build() => new FieldWriter()
        .U16(Name.Length).Bytes(Name).U8(Type).U8(Remarks).U16(Mode).U32(1000).U32(4_000_000_000).Text(User).Text(Group)
        .I64(Mtime).I64(-1).U64(Inode).U32(LinkCount).U64(LinkDevice)
        .U16(AttributeCount ?? Attributes.Count).Each(Attributes, (writer, attribute) => writer.Bytes(attribute)).Bytes(Tail)
        .ToArray();

    public static byte[] Attribute(byte[] name, long length, int form, byte[] value) =>
        new FieldWriter().U8(name.Length).Bytes(name).U32(length).U8(form).Bytes(value).ToArray();

    public static byte[] Extent(byte value, ulong length) => new FieldWriter().Bytes(VectorKeys.Id(value)).U64(length).ToArray();

    public static byte[] File(ulong size, params IReadOnlyList<byte[]> extents) =>
        new FieldWriter().U64(size).U8(0).U16(extents.Count).Each(extents, (writer, extent) => writer.Bytes(extent)).ToArray();

    public static byte[] FileWithList(ulong size, byte list) => new FieldWriter().U64(size).U8(1).Bytes(VectorKeys.Id(list)).ToArray();

    public static byte[] Directory(ulong files, ulong directories, ulong bytes) =>
        new FieldWriter().Bytes(VectorKeys.Id(0x77)).U64(files).U64(directories).U64(bytes).ToArray();

    public static byte[] Target(params byte[] target) => new FieldWriter().U32(target.Length).Bytes(target).ToArray();
}
