namespace Dedup.Tests.Faults;

/// <summary>One system call that changed a disk, or made changes durable.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Folder">The folder in which a name came or went, or that was synced; empty for the store's own.</param>
/// <param name="Name">The name that came or went.</param>
/// <param name="File">The number of the file, in the order in which files were made; -1 where it is about none.</param>
/// <param name="Offset">Where was written.</param>
/// <param name="Bytes">What was written.</param>
internal sealed record DiskOperation(DiskOperationKind Kind, string Folder = "", string Name = "", int File = -1, long Offset = 0, byte[]? Bytes = null)
{
    public override string ToString() => $"{Kind} {Folder}/{Name} file {File} {Offset}+{Bytes?.Length}";
}
