using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>The header of a pack, always with the same salt, and the key that it gives.</summary>
internal sealed class FuzzPack
{
    private readonly ObjectKey _key;

    private FuzzPack(PackKind kind)
    {
        _key = ObjectKey.Derive(FuzzKeys.Keys.PackKey(kind), FuzzKeys.Repository, FormatVersion.Current, FuzzKeys.Salt);
        ByteWriter writer = new();
        writer.Bytes(PackLayout.Magic);
        writer.U16(FormatVersion.Current);
        writer.U8((byte)kind);
        writer.Zeros(5);
        writer.Bytes(_key.Salt);
        writer.Bytes(_key.Commitment);
        Header = writer.Written.ToArray();
        Seal = PackSeal.Open(FuzzKeys.Keys, Header, "pack");
    }

    public static FuzzPack Data { get; } = new(PackKind.Data);

    public static FuzzPack Tree { get; } = new(PackKind.Tree);

    public byte[] Header { get; }

    /// <summary>Its key, for one thread.</summary>
    public PackSeal Seal { get; }

    public static FuzzPack Of(bool isTree) => isTree ? Tree : Data;

    /// <summary>A record header as any bytes, sealed for its place.</summary>
    public void SealHeader(uint ordinal, ReadOnlySpan<byte> header, Span<byte> destination) =>
        _key.Seal(ordinal, SealDomain.RecordHeader, header, destination, [.. FuzzKeys.Repository.ToArray(), .. Header, .. BitConverter.GetBytes(ordinal)]);
}
