namespace Dedup;

/// <summary>A prune deleted nothing: something could not be read or is missing, or far more would have gone than anybody may have meant.</summary>
public sealed class PruneStoppedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: why, and what to do.</param>
    public PruneStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: why, and what to do.</param>
    /// <param name="innerException">What could not be read.</param>
    public PruneStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
