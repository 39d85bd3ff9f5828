using System.Text;
using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>
/// The envelope of an object that is one sealed message: index segments, snapshots, sessions and the records of prune, forget and evidence.
/// <code>
///  0  8  magic
///  8  2  format version
/// 10  6  zero
/// 16 32  salt
/// 48 32  commitment
/// 80  n  ciphertext, then the tag of 16 bytes
/// </code>
/// Associated data: the 80 bytes of the header, the repository's id, and the object's name where the name is not the hash of the content.
/// </summary>
internal static class SealedObject
{
    public const int HeaderLength = 80;

    public const int Overhead = HeaderLength + ObjectKey.TagLength;

    public static ReadOnlySpan<byte> IndexMagic => "DEDUPIDX"u8;

    public static ReadOnlySpan<byte> SnapshotMagic => "DEDUPSNP"u8;

    public static ReadOnlySpan<byte> SessionMagic => "DEDUPSES"u8;

    public static ReadOnlySpan<byte> MarkMagic => "DEDUPGCM"u8;

    public static ReadOnlySpan<byte> SweepMagic => "DEDUPGCS"u8;

    public static ReadOnlySpan<byte> RetirementMagic => "DEDUPGCR"u8;

    public static ReadOnlySpan<byte> ChunkerMagic => "DEDUPCHK"u8;

    public static ReadOnlySpan<byte> ForgottenMagic => "DEDUPFGT"u8;

    public static ReadOnlySpan<byte> EvidenceMagic => "DEDUPEVI"u8;

    public static byte[] Seal(ReadOnlySpan<byte> magic, ReadOnlySpan<byte> key, Bytes32 repository, ReadOnlySpan<byte> name, ReadOnlySpan<byte> plain)
    {
        using ObjectKey objectKey = ObjectKey.Create(key, repository, FormatVersion.Current);
        ByteWriter header = new();
        header.Bytes(magic);
        header.U16(FormatVersion.Current);
        header.Zeros(6);
        header.Bytes(objectKey.Salt);
        header.Bytes(objectKey.Commitment);

        byte[] whole = new byte[Overhead + plain.Length];
        header.Written.CopyTo(whole);
        objectKey.Seal(0, SealDomain.Whole, plain, whole.AsSpan(HeaderLength), Associated(header.Written, repository, name));
        return whole;
    }

    /// <exception cref="CorruptDataException">The object is damaged, of another kind, another name or another repository.</exception>
    /// <exception cref="UnsupportedFormatException">The object is of a later format.</exception>
    public static byte[] Open(
        ReadOnlySpan<byte> magic, ReadOnlySpan<byte> key, Bytes32 repository, ReadOnlySpan<byte> name, ReadOnlySpan<byte> whole, string objectName)
    {
        ByteReader reader = new(whole, objectName);
        if (whole.Length < Overhead)
        {
            throw new CorruptDataException(objectName, -1, $"{whole.Length} bytes are too few; it is empty or truncated");
        }

        if (!reader.Bytes(magic.Length).SequenceEqual(magic))
        {
            throw new CorruptDataException(objectName, 0, $"does not begin with {Encoding.ASCII.GetString(magic)}");
        }

        ushort version = reader.U16();
        if (version != FormatVersion.Current)
        {
            throw new CorruptDataException(objectName, 8, $"format version {version} instead of {FormatVersion.Current}");
        }

        reader.Zeros(6);
        ReadOnlySpan<byte> salt = reader.Bytes(ObjectKey.SaltLength);
        ReadOnlySpan<byte> commitment = reader.Bytes(ObjectKey.CommitmentLength);
        using ObjectKey objectKey = ObjectKey.TryOpen(key, repository, version, salt, commitment)
            ?? throw new CorruptDataException(objectName, 16, "its key does not fit: damaged, or another repository's");
        byte[] plain = new byte[whole.Length - Overhead];
        return objectKey.TryOpen(0, SealDomain.Whole, whole[HeaderLength..], plain, Associated(whole[..HeaderLength], repository, name))
            ? plain
            : throw new CorruptDataException(objectName, HeaderLength, "its seal is broken: damaged, renamed or forged");
    }

    private static byte[] Associated(ReadOnlySpan<byte> header, Bytes32 repository, ReadOnlySpan<byte> name) =>
        [.. header, .. repository.ToArray(), .. name];
}
