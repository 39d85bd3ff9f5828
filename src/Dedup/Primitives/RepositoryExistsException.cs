namespace Dedup;

/// <summary>A repository is to be made where there is one, or where other objects are.</summary>
public sealed class RepositoryExistsException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: where, and what to do.</param>
    public RepositoryExistsException(string message)
        : base(message)
    {
    }
}
