namespace Dedup;

/// <summary>Prunes decided again and again that a backup had ended before it could commit. What it stored is reused by the next one.</summary>
public sealed class SessionFencedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line: what happened where, and what to do.</param>
    public SessionFencedException(string message)
        : base(message)
    {
    }
}
