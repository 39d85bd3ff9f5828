namespace Dedup.Catalogue;

/// <summary>The catalogue could not be read or written: the disk is full, the folder may not be written, it is in use too long.</summary>
internal sealed class CatalogueException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what, where, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public CatalogueException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
