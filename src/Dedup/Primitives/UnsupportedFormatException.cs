namespace Dedup;

/// <summary>The repository needs something that this version of the program does not know.</summary>
public sealed class UnsupportedFormatException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what is not known, where, and what to do.</param>
    public UnsupportedFormatException(string message)
        : base(message)
    {
    }
}
