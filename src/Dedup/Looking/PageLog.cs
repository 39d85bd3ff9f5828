using Dedup.Catalogue;
using Dedup.Crypto;

namespace Dedup.Looking;

/// <summary>
/// The pages of trees that this machine has looked at, decoded, so that a search over all snapshots reads one file from front to back and nothing
/// from the store. Nothing in it ever becomes wrong, as ids name content; what no snapshot needs any more only takes room. One user at a time.
/// </summary>
internal sealed class PageLog : IDisposable
{
    /// <summary>The file beside the catalogue.</summary>
    public const string FileName = "pages.log";

    /// <summary>The file grows no further, but for the tree that was begun before: what else a search needs it reads from the store each time.</summary>
    public const long MaxLength = 1L << 30;

    private readonly SealedLog _log;
    private readonly long _maxLength;
    private long _batches;

    private PageLog(SealedLog log, long maxLength)
    {
        _log = log;
        _maxLength = maxLength;
    }

    /// <summary>Whether there is room for more.</summary>
    public bool HasRoom => _log.Length < _maxLength;

    /// <exception cref="CatalogueException">The folder cannot be used.</exception>
    public static PageLog Open(string directory, RepositoryKeys keys, long maxLength = MaxLength) =>
        new(SealedLog.Open(directory, FileName, keys), maxLength);

    /// <summary>Shows a visitor all that is kept.</summary>
    /// <returns>How many entries and pages that were.</returns>
    /// <exception cref="CatalogueException">The file cannot be read.</exception>
    public (int Entries, int Pages) Read(IPageVisitor visitor, CancellationToken cancellationToken)
    {
        PageRecordReader reader = new();
        _batches = 0;
        foreach (byte[] batch in _log.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.Read(batch, visitor);
            _batches++;
        }

        return (reader.Entries, reader.Pages);
    }

    /// <summary>Appends records. All before them have been read.</summary>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public void Append(ReadOnlySpan<byte> records) => _log.Append(_batches++, records);

    /// <summary>Forgets everything.</summary>
    /// <exception cref="CatalogueException">The file cannot be written.</exception>
    public void Clear()
    {
        _log.Clear();
        _batches = 0;
    }

    public void Dispose() => _log.Dispose();
}
