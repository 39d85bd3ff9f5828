using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Seals plaintexts as objects of one kind and name, always under the same salt: quickly, and the same each time.</summary>
internal sealed class Envelope
{
    private readonly ObjectKey _key;
    private readonly byte[] _header;
    private readonly byte[] _associated;

    public Envelope(ReadOnlySpan<byte> magic, byte[] key, byte[] name)
    {
        _key = ObjectKey.Derive(key, FuzzKeys.Repository, FormatVersion.Current, FuzzKeys.Salt);
        ByteWriter header = new();
        header.Bytes(magic);
        header.U16(FormatVersion.Current);
        header.Zeros(6);
        header.Bytes(_key.Salt);
        header.Bytes(_key.Commitment);
        _header = header.Written.ToArray();
        _associated = [.. _header, .. FuzzKeys.Repository.ToArray(), .. name];
    }

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        byte[] whole = new byte[SealedObject.Overhead + plain.Length];
        _header.CopyTo(whole, 0);
        _key.Seal(0, SealDomain.Whole, plain, whole.AsSpan(SealedObject.HeaderLength), _associated);
        return whole;
    }
}
