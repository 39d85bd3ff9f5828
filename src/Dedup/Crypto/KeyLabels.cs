namespace Dedup.Crypto;

/// <summary>The labels under which keys are derived, one for each use (format-spec.md, Keys).</summary>
internal static class KeyLabels
{
    public static ReadOnlySpan<byte> BlobId => "dedup/1/blob id"u8;

    public static ReadOnlySpan<byte> DataPack => "dedup/1/data pack"u8;

    public static ReadOnlySpan<byte> TreePack => "dedup/1/tree pack"u8;

    public static ReadOnlySpan<byte> Index => "dedup/1/index"u8;

    public static ReadOnlySpan<byte> Snapshot => "dedup/1/snapshot"u8;

    public static ReadOnlySpan<byte> Session => "dedup/1/session"u8;

    public static ReadOnlySpan<byte> GarbageCollection => "dedup/1/gc"u8;

    public static ReadOnlySpan<byte> Forgotten => "dedup/1/forgotten"u8;

    public static ReadOnlySpan<byte> Evidence => "dedup/1/evidence"u8;

    public static ReadOnlySpan<byte> EvidenceSignature => "dedup/1/evidence signature"u8;

    public static ReadOnlySpan<byte> Chunker => "dedup/1/chunker"u8;

    public static ReadOnlySpan<byte> SharedChunker => "dedup/1/shared chunker"u8;

    public static ReadOnlySpan<byte> Config => "dedup/1/config"u8;

    public static ReadOnlySpan<byte> SlotLabel => "dedup/1/slot label"u8;

    public static ReadOnlySpan<byte> Pages => "dedup/1/pages"u8;

    /// <summary>What is kept on a machine, and never in a store.</summary>
    public static ReadOnlySpan<byte> LocalCache => "dedup/1/local cache"u8;

    /// <summary>The label of the key and commitment of one object, under one of the keys above.</summary>
    public static ReadOnlySpan<byte> Object => "dedup/1/object"u8;
}
