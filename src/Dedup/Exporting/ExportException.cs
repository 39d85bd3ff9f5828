namespace Dedup.Exporting;

/// <summary>An entry could not be exported, and so the export ended: what was written is no whole archive.</summary>
public sealed class ExportException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The entry in the snapshot, for people.</param>
    /// <param name="reason">Why, without a full stop.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ExportException(string path, string reason, Exception? innerException = null)
        : base($"{path}: {reason}", innerException)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The entry in the snapshot, for people.</summary>
    public string Path { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }
}
