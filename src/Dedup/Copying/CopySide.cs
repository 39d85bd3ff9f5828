using Dedup.Catalogue;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;
using Microsoft.Extensions.Logging;

namespace Dedup.Copying;

/// <summary>One of the two repositories.</summary>
internal sealed record CopySide(IObjectStore Store, RepositoryKeys Keys, RepositoryConfig Config, CatalogueDatabase Catalogue, string CatalogueFolder, ILogger Logger)
{
    public Task<SynchronisationResult> SynchroniseAsync(CancellationToken cancellationToken) =>
        new CatalogueSynchronizer(Store, Keys, Catalogue, Logger).SynchroniseAsync(cancellationToken);
}
