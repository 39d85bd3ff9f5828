namespace Dedup;

/// <summary>Which blobs a pack holds. The numbers are part of the format.</summary>
internal enum PackKind : byte
{
    /// <summary>Blobs of kind <see cref="BlobKind.Data"/>.</summary>
    Data = 1,

    /// <summary>Blobs of kind <see cref="BlobKind.Tree"/> and <see cref="BlobKind.List"/>.</summary>
    Tree = 2,
}
