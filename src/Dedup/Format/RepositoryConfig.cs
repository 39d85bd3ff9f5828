using Dedup.Chunking;
using Dedup.Compression;

namespace Dedup.Format;

/// <summary>What the config object says of a repository.</summary>
internal sealed record RepositoryConfig
{
    /// <summary>The one chunker that exists so far.</summary>
    public const string AnchoredPrfChunker = "anchored-prf-1";

    public required Bytes32 Repository { get; init; }

    /// <summary>When the repository was made: nanoseconds since 1970-01-01 UTC.</summary>
    public required long CreatedNs { get; init; }

    /// <summary>Names of features that a program must know to read or write the repository, sorted.</summary>
    public IReadOnlyList<string> RequiredFeatures { get; init; } = [];

    /// <summary>The key of another repository's chunker, sealed as in <see cref="SharedChunkerKey"/>; <see langword="null"/> where the repository has its own.</summary>
    public byte[]? SealedChunkerKey { get; init; }

    public string Chunker { get; init; } = AnchoredPrfChunker;

    public required ChunkerParameters Chunks { get; init; }

    /// <summary>How blobs are compressed unless a backup says otherwise.</summary>
    public required CompressionOptions Compression { get; init; }
}
