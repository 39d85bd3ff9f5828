namespace Dedup.FormatReader;

/// <summary>Where a reader learns which blob lies where (section 20).</summary>
public enum BlobSource
{
    /// <summary>Index segments, as long as they are whole.</summary>
    Segments,

    /// <summary>The footers of packs only.</summary>
    Footers,

    /// <summary>The records in packs only.</summary>
    Records,
}
