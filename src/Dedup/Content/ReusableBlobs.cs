using Dedup.Catalogue;
using Dedup.Sessions;

namespace Dedup.Content;

/// <summary>The blobs that a session need not store again: those with a copy in a pack that it may rely on. Called from every thread of the pipeline.</summary>
internal sealed class ReusableBlobs(CatalogueDatabase catalogue, ReusablePacks packs)
{
    /// <summary>Whether a blob need not be stored again.</summary>
    public bool Contains(BlobId blob) =>
        catalogue.TryFind(blob, out BlobLocation location)
        && (packs.Contains(location.Pack) || catalogue.FindAll(blob).Any(copy => packs.Contains(copy.Pack)));
}
