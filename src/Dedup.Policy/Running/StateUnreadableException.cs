namespace Dedup.Policy.Running;

/// <summary>What a runner remembers cannot be read or written.</summary>
public sealed class StateUnreadableException : DedupException
{
    internal StateUnreadableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
