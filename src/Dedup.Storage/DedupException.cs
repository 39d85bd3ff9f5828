namespace Dedup;

/// <summary>The root of every failure that is not misuse of the library.</summary>
public abstract class DedupException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what, where, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    protected DedupException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
