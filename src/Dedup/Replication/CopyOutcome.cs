namespace Dedup.Replication;

/// <summary>What became of the copying of an object.</summary>
internal enum CopyOutcome
{
    /// <summary>The target holds it whole.</summary>
    Copied,

    /// <summary>The source does not have it any more.</summary>
    Vanished,

    /// <summary>The source's is damaged, or the target holds something else under the name: a problem was told.</summary>
    Failed,
}
