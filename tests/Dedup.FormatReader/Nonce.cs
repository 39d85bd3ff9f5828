using System.Buffers.Binary;

namespace Dedup.FormatReader;

/// <summary>Nonces and their domains (section 4).</summary>
public static class Nonce
{
    public const uint RecordHeader = 0;
    public const uint RecordBody = 1;
    public const uint PackFooter = 2;
    public const uint SingleMessage = 3;

    public static byte[] Of(uint domain, uint ordinal)
    {
        byte[] nonce = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(nonce, ordinal);
        BinaryPrimitives.WriteUInt32LittleEndian(nonce.AsSpan(4), domain);
        return nonce;
    }
}
