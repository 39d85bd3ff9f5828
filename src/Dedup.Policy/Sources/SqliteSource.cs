using Dedup.Sources;
using Microsoft.Data.Sqlite;

namespace Dedup.Policy.Sources;

/// <summary>
/// A SQLite database, also while other processes write it: a copy is made by SQLite's online backup interface, backed up at the database's place, with its
/// owner and rights, and removed. What a write-ahead log holds is in it, so that the snapshot has one file.
/// </summary>
public sealed class SqliteSource : IApplicationSource
{
    private readonly SqliteSourceOptions _options;
    private readonly string _path;
    private readonly OverlaidSource _source;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates the source; the database is opened when the backup reads it.</summary>
    /// <param name="options">The database.</param>
    /// <param name="time">The clock that the file's time comes from.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="SourceFailedException">There is no such file.</exception>
    public SqliteSource(SqliteSourceOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        string path = Path.GetFullPath(options.Path);
        if (!File.Exists(path))
        {
            throw new SourceFailedException($"{path}: there is no such file; name a SQLite database");
        }

        // The database itself rather than a link to it, and its place free of links.
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        FileSystemSource file = new([target]);
        _path = file.Paths[0];
        _options = options;
        _cancellationToken = cancellationToken;
        _source = new OverlaidSource([_path], file, [new AddedFile(_path, Open)], time, cancellationToken);
    }

    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Sqlite;

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => _source.Paths;

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot() => _source.OpenRoot();

    private ScratchFileStream Open()
    {
        ScratchFolder scratch = ScratchFolder.Create(_options.ScratchParent);
        try
        {
            string copy = Path.Combine(scratch.Path, "copy.db");
            new SqliteCopier(_path, _options).CopyTo(copy, scratch, _cancellationToken);
            return new ScratchFileStream(copy, scratch);
        }
        catch (Exception exception)
        {
            scratch.Dispose();
            if (exception is SqliteException sqlite)
            {
                throw new SourceFailedException($"{_path}: {sqlite.Message}; no snapshot was made", sqlite);
            }

            throw;
        }
    }
}
