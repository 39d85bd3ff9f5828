namespace Dedup.Exporting;

/// <summary>What an export is written as.</summary>
public enum ArchiveFormat
{
    /// <summary>A tar of the pax format (POSIX.1-2017) with extended attributes, access lists and sparse files as GNU tar and libarchive read them.</summary>
    Tar,

    /// <summary>The same, compressed into zstd frames (RFC 8878) that follow each other.</summary>
    TarZstd,

    /// <summary>A zip: every system reads it, but it has no hard links, devices, pipes or extended attributes, and times to the second.</summary>
    Zip,
}
