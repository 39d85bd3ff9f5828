namespace Dedup;

/// <summary>A blob that is needed lies in no pack of the repository.</summary>
public sealed class BlobMissingException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="id">The blob.</param>
    public BlobMissingException(BlobId id)
        : base($"blob {id} is in no pack of the repository") => Id = id;

    /// <summary>The blob.</summary>
    public BlobId Id { get; }
}
