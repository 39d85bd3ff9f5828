namespace Dedup;

/// <summary>The store holds no repository.</summary>
public sealed class RepositoryNotFoundException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: where none is, and what to do.</param>
    public RepositoryNotFoundException(string message)
        : base(message)
    {
    }
}
