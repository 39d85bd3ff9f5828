namespace Dedup;

/// <summary>No key slot opens with the credentials given. The message never says more.</summary>
public sealed class WrongCredentialsException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="location">The store.</param>
    public WrongCredentialsException(string location)
        : base($"{location}: wrong password, or no key for it")
    {
    }
}
