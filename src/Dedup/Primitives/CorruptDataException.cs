namespace Dedup;

/// <summary>Stored data is not what it must be: damaged, truncated, swapped or forged.</summary>
public sealed class CorruptDataException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="objectName">The object, or the structure within it, as it is named in the store.</param>
    /// <param name="offset">Where in the object the damage was found, in bytes; -1 when it concerns the whole.</param>
    /// <param name="reason">What is wrong, without a full stop.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public CorruptDataException(string objectName, long offset, string reason, Exception? innerException = null)
        : base(offset < 0 ? $"{objectName}: {reason}" : $"{objectName} at byte {offset}: {reason}", innerException)
    {
        ObjectName = objectName;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>The object, or the structure within it.</summary>
    public string ObjectName { get; }

    /// <summary>Where in the object the damage was found, in bytes; -1 when it concerns the whole.</summary>
    public long Offset { get; }

    /// <summary>What is wrong.</summary>
    public string Reason { get; }
}
