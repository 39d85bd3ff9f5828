namespace Dedup;

/// <summary>How the plaintext of a blob is compressed before it is sealed. The numbers are part of the format.</summary>
public enum BlobCodec : byte
{
    /// <summary>Stored as it is.</summary>
    None = 0,

    /// <summary>One LZ4 block without a frame.</summary>
    Lz4 = 1,

    /// <summary>One zstd frame without a dictionary.</summary>
    Zstd = 2,
}
