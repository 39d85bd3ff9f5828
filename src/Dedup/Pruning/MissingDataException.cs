namespace Dedup.Pruning;

/// <summary>Something that a snapshot needs was not found: lost, or forgotten and deleted by others since the snapshot was read.</summary>
internal sealed class MissingDataException : DedupException
{
    /// <param name="message">One line: what, and what to do.</param>
    /// <param name="innerException">What could not be read, where it was that.</param>
    public MissingDataException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
