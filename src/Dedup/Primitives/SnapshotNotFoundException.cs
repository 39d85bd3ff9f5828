namespace Dedup;

/// <summary>No snapshot fits a name, or several do.</summary>
public sealed class SnapshotNotFoundException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: which name, and what to do.</param>
    public SnapshotNotFoundException(string message)
        : base(message)
    {
    }
}
