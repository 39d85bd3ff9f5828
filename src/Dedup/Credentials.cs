using System.Text;

namespace Dedup;

/// <summary>What opens a repository.</summary>
public sealed class Credentials
{
    private readonly byte[] _password;

    private Credentials(byte[] password) => _password = password;

    internal ReadOnlySpan<byte> Password => _password;

    /// <summary>A password. Its UTF-8 bytes count as they are: composed and decomposed accents differ.</summary>
    /// <exception cref="ArgumentException">The password is empty.</exception>
    public static Credentials FromPassword(string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return new Credentials(Encoding.UTF8.GetBytes(password));
    }
}
