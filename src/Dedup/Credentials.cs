using System.Security.Cryptography;
using System.Text;

namespace Dedup;

/// <summary>What opens a repository.</summary>
public sealed class Credentials
{
    /// <summary>The longest content of a key, in bytes: 1 MiB.</summary>
    public const int MaxKeyLength = 1 << 20;

    /// <summary>Stands before the hash of a key (format-spec.md, section 6), so that no key is taken for a password that somebody thought of.</summary>
    private const string KeyPrefix = "key-file:";

    private readonly byte[] _password;

    private Credentials(byte[] password) => _password = password;

    internal ReadOnlyMemory<byte> Password => _password;

    /// <summary>A password. Its UTF-8 bytes count as they are: composed and decomposed accents differ.</summary>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static Credentials FromPassword(string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return new Credentials(Encoding.UTF8.GetBytes(password));
    }

    /// <summary>A recovery code: the same as its <see cref="RecoveryCode.Text"/> as a password.</summary>
    public static Credentials FromRecoveryCode(RecoveryCode code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return FromPassword(code.Text);
    }

    /// <summary>A key of any bytes, such as the content of a key file; each of them counts.</summary>
    /// <remarks>The password is the text <c>key-file:</c> and the SHA-256 of the bytes in lower-case hexadecimal, so that the format knows text only.</remarks>
    /// <param name="key">The bytes; 32 random ones are as good as more.</param>
    /// <exception cref="ArgumentException">There are none, or more than <see cref="MaxKeyLength"/>.</exception>
    public static Credentials FromKey(ReadOnlySpan<byte> key) => key.Length is > 0 and <= MaxKeyLength
        ? FromPassword(KeyPrefix + Convert.ToHexStringLower(SHA256.HashData(key)))
        : throw new ArgumentException($"A key has 1 to {MaxKeyLength} bytes, not {key.Length}.", nameof(key));
}
