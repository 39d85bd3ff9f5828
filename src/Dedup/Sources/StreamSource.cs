namespace Dedup.Sources;

/// <summary>One file whose content is a stream, such as standard input: cut into chunks while it is read, of any length. A stream that breaks leaves no snapshot.</summary>
public sealed class StreamSource : IBackupSource
{
    private readonly StreamPath _path;
    private readonly Stream _content;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private bool _isRead;

    /// <summary>Creates the source.</summary>
    /// <param name="path">The file's path in the snapshot, such as <c>stdin</c> or <c>/dumps/db.sql</c>.</param>
    /// <param name="content">The content; disposed of once it is read.</param>
    /// <param name="time">The clock that the file's time comes from.</param>
    /// <param name="cancellationToken">Ends the wait for content.</param>
    /// <exception cref="ArgumentException">The path names no file.</exception>
    public StreamSource(string path, Stream content, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(time);
        _path = new StreamPath(path);
        _content = content;
        _time = time;
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => [_path.Text];

    /// <inheritdoc/>
    /// <exception cref="SourceFailedException">The stream was read before: it cannot be read again.</exception>
    public ISourceDirectory OpenRoot()
    {
        if (_isRead)
        {
            throw new SourceFailedException($"{_path.Text}: a prune ended the backup before it could commit, and a stream cannot be read again; run the backup again");
        }

        return _path.OpenRoot(UnixTime.FromDateTimeOffset(_time.GetUtcNow()), metadata =>
        {
            _isRead = true;
            return new StreamFile(_path.Text, metadata, _content, static () => { }, _cancellationToken);
        });
    }
}
