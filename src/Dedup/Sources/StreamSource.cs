namespace Dedup.Sources;

/// <summary>One file whose content is a stream, such as standard input: cut into chunks while it is read, of any length. A stream that breaks leaves no snapshot.</summary>
public sealed class StreamSource : IBackupSource
{
    private readonly OverlaidSource _file;
    private bool _isRead;

    /// <summary>Creates the source.</summary>
    /// <param name="path">The file's path in the snapshot, such as <c>stdin</c> or <c>/dumps/db.sql</c>.</param>
    /// <param name="content">The content; disposed of once it is read.</param>
    /// <param name="time">The clock that the file's time comes from; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Ends the wait for content.</param>
    /// <exception cref="ArgumentException">The path names no file.</exception>
    public StreamSource(string path, Stream content, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        _file = new OverlaidSource([new AddedFile(path, Open)], time, cancellationToken);

        Stream Open()
        {
            _isRead = true;
            return content;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => _file.Paths;

    /// <inheritdoc/>
    /// <exception cref="SourceFailedException">The stream was read before: it cannot be read again.</exception>
    public ISourceDirectory OpenRoot() => _isRead
        ? throw new SourceFailedException($"{Paths[0]}: a prune ended the backup before it could commit, and a stream cannot be read again; run the backup again")
        : _file.OpenRoot();
}
