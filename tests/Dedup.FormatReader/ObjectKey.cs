using System.Security.Cryptography;

namespace Dedup.FormatReader;

/// <summary>The key of one sealed object, and the commitment that the object carries (section 4).</summary>
public sealed record ObjectKey(byte[] Key, byte[] Commitment)
{
    public static ObjectKey Derive(byte[] key, byte[] salt, byte[] repositoryId)
    {
        byte[] info = [.. "dedup/1/object"u8, .. repositoryId, 1, 0];
        byte[] output = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 64, salt, info);
        return new ObjectKey(output[..32], output[32..]);
    }

    public void CheckCommitment(ReadOnlySpan<byte> carried)
    {
        if (!CryptographicOperations.FixedTimeEquals(carried, Commitment))
        {
            throw new RejectedException("The object is not sealed under this key: its commitment differs.");
        }
    }
}
