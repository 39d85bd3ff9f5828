namespace Dedup.Catalogue;

/// <summary>
/// The catalogue's file is damaged, or was replaced by another process. Nothing is lost: call
/// <see cref="CatalogueDatabase.Discard"/>, open anew and synchronise with the store.
/// </summary>
internal sealed class CatalogueDamagedException : DedupException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="reason">What is wrong, without a full stop.</param>
    public CatalogueDamagedException(string path, string reason)
        : base($"{path}: {reason}; it is only a cache and will be made anew")
    {
    }
}
