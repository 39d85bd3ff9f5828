namespace Dedup.Maintenance;

/// <summary>How much of a repository a check reads.</summary>
public enum CheckLevel
{
    /// <summary>Objects that are there, their lengths, headers and footers against the index, and every tree and list of every snapshot.</summary>
    Structure,

    /// <summary>All that, and every byte of every pack: its hash, every seal, every blob's id.</summary>
    ReadData,
}
