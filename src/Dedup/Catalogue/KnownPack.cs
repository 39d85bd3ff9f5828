namespace Dedup.Catalogue;

/// <summary>A pack that the catalogue knows.</summary>
/// <param name="Id">The pack.</param>
/// <param name="Kind">Which blobs it holds.</param>
/// <param name="Length">The length of the whole object in bytes.</param>
/// <param name="BlobCount">How many blobs it holds.</param>
/// <param name="IsListed">Whether a known index segment lists it; otherwise it is known from its footer only.</param>
internal readonly record struct KnownPack(PackId Id, PackKind Kind, long Length, int BlobCount, bool IsListed);
