namespace Dedup;

/// <summary>A key file cannot be read, made or used.</summary>
public sealed class KeyFileException : DedupException
{
    internal KeyFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
