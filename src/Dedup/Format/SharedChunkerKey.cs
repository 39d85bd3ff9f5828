using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>
/// The key of another repository's chunker in a config: a <see cref="SealedObject"/> within it. A repository that has it cuts files where the other does, so
/// that what is copied from there and what is backed up into it share their chunks.
/// </summary>
internal static class SharedChunkerKey
{
    /// <summary>What a program must know that opens such a repository: one that cut elsewhere would store everything again.</summary>
    public const string Feature = "shared-chunker";

    /// <summary>The length of an AES-128 key.</summary>
    public const int Length = 16;

    public const int SealedLength = SealedObject.Overhead + Length;

    /// <param name="chunker">The key of 16 bytes.</param>
    /// <param name="keys">The keys of the repository whose config it goes into.</param>
    public static byte[] Seal(ReadOnlySpan<byte> chunker, RepositoryKeys keys) =>
        SealedObject.Seal(SealedObject.ChunkerMagic, keys.SharedChunker, keys.Repository, default, chunker);

    /// <exception cref="CorruptDataException">It is damaged, or another repository's.</exception>
    public static byte[] Open(ReadOnlySpan<byte> sealedKey, RepositoryKeys keys, string objectName) =>
        SealedObject.Open(SealedObject.ChunkerMagic, keys.SharedChunker, keys.Repository, default, sealedKey, objectName);
}
