namespace Dedup.Replication;

/// <summary>The target is not, and cannot become, a replica of the source; nothing was written.</summary>
public sealed class ReplicationRefusedException : DedupException
{
    internal ReplicationRefusedException(string message)
        : base(message)
    {
    }
}
