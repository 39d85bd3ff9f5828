namespace Dedup.Sources;

/// <summary>Something of the source could not be read.</summary>
public sealed class SourceException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">What could not be read, for people.</param>
    /// <param name="reason">Why, without a full stop.</param>
    /// <param name="hasVanished">Whether it was there a moment before and now is not.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public SourceException(string path, string reason, bool hasVanished = false, Exception? innerException = null)
        : base($"{path}: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
        HasVanished = hasVanished;
    }

    /// <summary>What could not be read, for people.</summary>
    public string Path { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }

    /// <summary>Whether it was there a moment before and now is not.</summary>
    public bool HasVanished { get; }
}
