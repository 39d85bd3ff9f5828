namespace Dedup.Policy.Running;

/// <summary>A secret is not where the policy says.</summary>
public sealed class SecretUnavailableException : DedupException
{
    internal SecretUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
