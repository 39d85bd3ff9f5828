using SQLitePCL;

namespace Dedup.Catalogue;

/// <summary>What SQLite's result codes mean for the caller: lose the cache, or tell the user.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCodeMask = 0xff;
    private const int IoErrorData = raw.SQLITE_IOERR | (32 << 8);
    private const int IoErrorCorruptFileSystem = raw.SQLITE_IOERR | (33 << 8);

    /// <summary>Makes the exception for a failed call.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="code">The extended result code.</param>
    /// <param name="detail">SQLite's own words.</param>
    public static DedupException Create(string path, int code, string detail) => (code & PrimaryCodeMask) switch
    {
        raw.SQLITE_FULL => new CatalogueException($"{path}: no space is left for the catalogue; free some and try again"),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            new CatalogueException($"{path}: another process has held the catalogue for too long; try again when it is done"),
        raw.SQLITE_NOMEM => new CatalogueException($"{path}: no memory is left for the catalogue"),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM =>
            new CatalogueException($"{path}: the catalogue cannot be opened ({detail}); check its folder"),
        raw.SQLITE_IOERR when !IsFailedRead(code) =>
            new CatalogueException($"{path}: the catalogue cannot be written ({detail}); check the disk and its free space"),

        // The statements are constants that fit the schema: whatever else goes wrong with them, the file does not fit.
        _ => new CatalogueDamagedException(path, $"the catalogue is damaged ({detail})"),
    };

    private static bool IsFailedRead(int code) => code is raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ
        or IoErrorCorruptFileSystem or IoErrorData;
}
