namespace Dedup.Restore;

/// <summary>An entry of the target could not be made or written.</summary>
public sealed class RestoreException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">What could not be made or written, for people.</param>
    /// <param name="reason">Why, without a full stop.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public RestoreException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>What could not be made or written, for people.</summary>
    public string Path { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }
}
