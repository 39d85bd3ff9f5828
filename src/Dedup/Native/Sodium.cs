using System.Runtime.InteropServices;

namespace Dedup.Native;

/// <summary>Argon2id, bound to libsodium 1.0.18 or later. All calls to that library stand here.</summary>
internal static unsafe partial class Sodium
{
    /// <summary>The length of a salt in bytes; the library takes no other.</summary>
    public const int SaltLength = 16;

    /// <summary>The least memory, in bytes, and the shortest output, in bytes, that the library takes.</summary>
    public const int MinMemory = 8192, MinOutputLength = 16;

    private const int Argon2Id13 = 2;

    static Sodium() => NativeLibraryResolver.Register();

    /// <summary>Argon2id version 1.3 (RFC 9106) with one lane, without secret and associated data.</summary>
    /// <param name="password">The password's bytes, as they are.</param>
    /// <param name="salt">Exactly <see cref="SaltLength"/> bytes.</param>
    /// <param name="passes">The number of passes over the memory, at least 1.</param>
    /// <param name="memory">The memory to fill, in bytes, at least <see cref="MinMemory"/>; rounded down to whole KiB.</param>
    /// <param name="output">Filled whole; its length takes part in the hash. At least <see cref="MinOutputLength"/> bytes.</param>
    /// <exception cref="ArgumentException">A length or a cost is out of its bounds.</exception>
    /// <exception cref="InsufficientMemoryException">The memory cannot be had.</exception>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    public static void Argon2id(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int passes, long memory, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, MinMemory);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memory, (long)uint.MaxValue << 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, MinOutputLength);

        // Safe from any thread and any number of times; it chooses the fastest implementation for this processor.
        if (sodium_init() < 0)
        {
            throw new InvalidOperationException("libsodium could not be initialised");
        }

        fixed (byte* target = output, secret = password, saltBytes = salt)
        {
            int result = crypto_pwhash(target, (ulong)output.Length, secret, (ulong)password.Length, saltBytes,
                (ulong)passes, (nuint)memory, Argon2Id13);
            if (result != 0)
            {
                // All else that the library refuses was refused above.
                throw new InsufficientMemoryException(
                    $"The password hash needs {memory >> 20} MiB of memory, which cannot be had: free some");
            }
        }
    }

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int sodium_init();

    [LibraryImport(NativeLibraryResolver.Sodium)]
    private static partial int crypto_pwhash(byte* output, ulong outputLength, byte* password, ulong passwordLength,
        byte* salt, ulong passes, nuint memory, int algorithm);
}
