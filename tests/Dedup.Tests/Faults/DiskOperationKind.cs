namespace Dedup.Tests.Faults;

/// <summary>What a store did to its disk.</summary>
internal enum DiskOperationKind
{
    /// <summary>A file got a name: it was made, or linked.</summary>
    Enter,

    MakeFolder,
    Remove,
    Write,
    SyncFile,
    SyncFolder,
}
