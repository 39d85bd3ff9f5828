namespace Dedup;

/// <summary>Every bound of the format, as in the table of format-spec.md. Sizes are in bytes unless the name says otherwise.</summary>
internal static class Limits
{
    /// <summary>The smallest and largest chunk a repository may be made with, and so the largest plaintext of a data blob.</summary>
    public const int MinChunkLength = 8 << 10, MaxChunkLength = 64 << 20;

    /// <summary>The largest plaintext of a tree or list blob.</summary>
    public const int MaxMetadataLength = 16 << 20;

    /// <summary>The largest pack, so that an offset fits 32 bits with room to spare.</summary>
    public const int MaxPackLength = 1 << 30;

    /// <summary>The most blobs in one pack.</summary>
    public const int MaxBlobsPerPack = 1 << 20;

    /// <summary>The largest index segment, snapshot, session, config, key slot, record of a prune, and record of a forget.</summary>
    public const int MaxSegmentLength = 256 << 20, MaxSnapshotLength = 16 << 20, MaxSessionLength = 64 << 10,
        MaxConfigLength = 64 << 10, MaxKeySlotLength = 4 << 10, MaxGcRecordLength = 64 << 20, MaxForgottenLength = 32 << 20;

    /// <summary>The largest record of evidence.</summary>
    public const int MaxEvidenceLength = 1 << 20;

    /// <summary>The most features a config may require.</summary>
    public const int MaxFeatures = 64;

    /// <summary>The longest name of a directory entry: Linux allows 255, others count UTF-16.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>The longest target of a symbolic link.</summary>
    public const int MaxLinkTargetLength = 64 << 10;

    /// <summary>The longest name of an extended attribute, the most of them, and the largest kept inside the node.</summary>
    public const int MaxXattrNameLength = 255, MaxXattrs = 4096, MaxInlineXattrLength = 512;

    /// <summary>The longest text in a snapshot, a node or a config: a host, a tag, a user's name.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>The deepest nesting of directories.</summary>
    public const int MaxDepth = 1 << 16;

    /// <summary>The deepest nesting of pages of one directory or list.</summary>
    public const int MaxPageLevel = 8;
}
