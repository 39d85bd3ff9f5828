using System.Runtime.InteropServices;

namespace Dedup.FormatReader;

/// <summary>Argon2id 1.3 with one lane, of libsodium.</summary>
public static partial class Argon2
{
    private const int Argon2Id13 = 2;

    /// <summary>64 bytes: wrapping key, then commitment (section 6).</summary>
    public static byte[] Hash(byte[] password, byte[] salt, uint passes, ulong memory)
    {
        byte[] output = new byte[64];
        if (crypto_pwhash(output, (ulong)output.Length, password, (ulong)password.Length, salt, passes, (nuint)memory, Argon2Id13) != 0)
        {
            throw new InvalidOperationException($"libsodium could not run Argon2id with {memory} bytes.");
        }

        return output;
    }

    [LibraryImport("libsodium.so.23")]
    private static partial int crypto_pwhash(
        [Out] byte[] output, ulong outputLength, byte[] password, ulong passwordLength, byte[] salt, ulong passes, nuint memory, int algorithm);
}
