using System.Security.Cryptography;

namespace Dedup.Catalogue;

/// <summary>
/// An empty catalogue of its own, deleted in the end: for what is written whatever the repository's catalogue believes to be stored already,
/// and for looking into another store of the same repository.
/// </summary>
internal sealed class ScratchCatalogue : IDisposable
{
    private readonly string _folder;

    /// <summary>Makes one in a folder of its own.</summary>
    /// <param name="directory">The folder of the repository's catalogue.</param>
    /// <param name="repository">The repository's id.</param>
    /// <exception cref="CatalogueException">It cannot be made.</exception>
    public ScratchCatalogue(string directory, Bytes32 repository)
    {
        _folder = Path.Combine(directory, "scratch-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        Database = CatalogueDatabase.Open(_folder, repository.ToArray());
    }

    public CatalogueDatabase Database { get; }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
