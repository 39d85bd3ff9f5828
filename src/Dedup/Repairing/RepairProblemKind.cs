namespace Dedup.Repairing;

/// <summary>The sorts of things that a repair tells.</summary>
public enum RepairProblemKind
{
    /// <summary>An object is damaged: what of it could be saved, the report counts.</summary>
    DamagedObject,

    /// <summary>The index lists a pack that is not there.</summary>
    MissingPack,

    /// <summary>A blob is damaged or missing wherever it was looked for.</summary>
    LostBlob,

    /// <summary>A snapshot of which nothing can be read.</summary>
    LostSnapshot,

    /// <summary>A file lacks content or extended attributes in its snapshot; the new snapshot has it with zeros in their place.</summary>
    DamagedFile,

    /// <summary>A directory lacks entries or extended attributes in its snapshot; the new snapshot has it without them.</summary>
    DamagedDirectory,
}
