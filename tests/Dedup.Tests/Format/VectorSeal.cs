using System.Security.Cryptography;
using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>Seals what vectors hold (format-spec.md, section 4).</summary>
internal static class VectorSeal
{
    public static byte[] Seal(byte[] key, byte[] nonce, byte[] plaintext, params byte[] associated)
    {
        byte[] message = new byte[plaintext.Length + Gcm.TagLength];
        using var aes = new AesGcm(key, Gcm.TagLength);
        aes.Encrypt(nonce, plaintext, message.AsSpan(0, plaintext.Length), message.AsSpan(plaintext.Length), associated);
        return message;
    }

    public static byte[] Flip(this byte[] bytes, int place)
    {
        byte[] flipped = [.. bytes];
        flipped[place] ^= 1;
        return flipped;
    }
}
