using System.Security.Cryptography;

namespace Dedup.FormatReader;

/// <summary>AES-256-GCM as section 1 defines it: ciphertext, then a tag of 16 bytes.</summary>
public static class Gcm
{
    public const int TagLength = 16;

    public static byte[] Open(byte[] key, byte[] nonce, ReadOnlySpan<byte> message, ReadOnlySpan<byte> associatedData)
    {
        if (message.Length < TagLength)
        {
            throw new RejectedException("A sealed message is shorter than its tag.");
        }

        byte[] plaintext = new byte[message.Length - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(nonce, message[..plaintext.Length], message[plaintext.Length..], plaintext, associatedData);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new RejectedException("A sealed message does not open.");
        }

        return plaintext;
    }
}
