using Dedup.Native;

namespace Dedup.Catalogue;

/// <summary>
/// The folder of a catalogue and its files. Every connection is opened and closed, and the database made and deleted, under the
/// folder's lock: SQLite opens and deletes the -wal and -shm files by name, so a file replaced in between would get the log of another.
/// </summary>
internal sealed class CatalogueFolder
{
    /// <summary>The database file; SQLite names its log after it.</summary>
    public const string DatabaseName = "catalogue.db";

    private const string LockName = "catalogue.lock";

    private readonly string _lockPath;

    /// <summary>Makes the folder with mode 0700 where it is missing.</summary>
    /// <exception cref="CatalogueException">It cannot be made.</exception>
    public CatalogueFolder(string path)
        : this(path, DatabaseName, LockName)
    {
    }

    /// <summary>A database of another name beside the catalogue, with a lock and a life of its own.</summary>
    /// <inheritdoc cref="CatalogueFolder(string)"/>
    public CatalogueFolder(string path, string databaseName, string lockName)
    {
        DatabasePath = Path.Combine(path, databaseName);
        _lockPath = Path.Combine(path, lockName);
        Attempt(path, () => PrivateFile.CreateFolder(path));
    }

    public string DatabasePath { get; }

    /// <summary>Whether there is a database file.</summary>
    /// <exception cref="CatalogueException">There is a folder in its place.</exception>
    public bool HasDatabase => !Directory.Exists(DatabasePath)
        ? File.Exists(DatabasePath)
        : throw new CatalogueException($"{DatabasePath} is a folder; the catalogue needs this name for its file, so move the folder away");

    /// <summary>Waits until no other process or thread holds the folder's lock, and takes it.</summary>
    public FileLock Lock()
    {
        FileLock? taken = null;
        Attempt(_lockPath, () => taken = FileLock.Acquire(_lockPath));
        return taken!;
    }

    /// <summary>Takes the lock unless the folder is gone, when there is nothing left to guard.</summary>
    public FileLock? LockIfPresent() => File.Exists(_lockPath) ? Lock() : null;

    /// <summary>Deletes the database. Who has it open goes on with files that have no name any more.</summary>
    /// <remarks>The database goes first: without its log it could be wrong, but a log without its database is never read.</remarks>
    public void DeleteDatabase() => Attempt(DatabasePath, () =>
    {
        File.Delete(DatabasePath);
        File.Delete(DatabasePath + "-wal");
        File.Delete(DatabasePath + "-shm");
    });

    /// <summary>Deletes a folder beside the database with all it holds, if it is there.</summary>
    public void DeleteFolder(string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(DatabasePath)!, name);
        Attempt(path, () =>
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        });
    }

    /// <summary>
    /// Makes an empty database file with mode 0600, which SQLite copies to the files that it makes beside it. A file that exists is
    /// never opened except by SQLite: closing it would drop all locks of this process on it.
    /// </summary>
    public void CreateDatabaseFile()
    {
        DeleteDatabase();
        Attempt(DatabasePath, () => PrivateFile.Create(DatabasePath));
    }

    private static void Attempt(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogueException($"{path}: the catalogue's folder cannot be used: {e.Message}", e);
        }
    }
}
