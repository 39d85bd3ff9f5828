namespace Dedup.Exporting;

/// <summary>A chunk that a batch needs, once however often it occurs there.</summary>
internal sealed class ContentPiece(BlobId blob, int length)
{
    /// <summary>The chunk.</summary>
    public BlobId Blob => blob;

    /// <summary>How long it must be, in bytes.</summary>
    public int Length => length;

    /// <summary>How often the batch needs it.</summary>
    public int Uses { get; set; }

    /// <summary>The first item of the batch that needs it.</summary>
    public required int FirstUse { get; init; }

    /// <summary>Where in the content of its range it lies.</summary>
    public int PlainOffset { get; set; }

    /// <summary>What it is read with.</summary>
    public ContentRange? Range { get; set; }

    /// <summary>Why it could not be read; set before the range is done.</summary>
    public Exception? Failure { get; set; }
}
