namespace Dedup;

/// <summary>Another process decided that this session has ended; nothing of it was committed.</summary>
public sealed class SessionFencedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="objectName">The object that was taken.</param>
    public SessionFencedException(string objectName)
        : base($"{objectName}: another process ended this session; run the backup again, what was stored is reused")
    {
    }
}
