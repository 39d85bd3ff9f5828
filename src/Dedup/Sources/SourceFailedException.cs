namespace Dedup.Sources;

/// <summary>A source failed as a whole, so that there is nothing to make a snapshot of: a command whose output was to be backed up, or a stream that broke.</summary>
public sealed class SourceFailedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what, where, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public SourceFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
