namespace Dedup;

/// <summary>A store does not keep what the safety of backups and prunes side by side rests on.</summary>
public sealed class UnsafeStoreException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what the store did, and what to do.</param>
    public UnsafeStoreException(string message)
        : base(message)
    {
    }
}
