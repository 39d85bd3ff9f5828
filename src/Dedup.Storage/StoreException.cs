namespace Dedup.Storage;

/// <summary>A store could not carry out an operation.</summary>
public class StoreException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what, where, and what to do.</param>
    /// <param name="isTransient">Whether the same call may succeed later without anything being changed.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public StoreException(string message, bool isTransient = false, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>Whether the same call may succeed later without anything being changed.</summary>
    public bool IsTransient { get; }
}
