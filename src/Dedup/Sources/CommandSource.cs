namespace Dedup.Sources;

/// <summary>One file whose content is what a command prints. The command is run without a shell; a failure of it leaves no snapshot.</summary>
public sealed class CommandSource : IBackupSource
{
    private readonly StreamPath _path;
    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates the source; the command starts when the backup reads it.</summary>
    /// <param name="path">The file's path in the snapshot, such as <c>stdin</c> or <c>/dumps/db.sql</c>.</param>
    /// <param name="program">The program: a path, or a name to be looked for in <c>PATH</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="time">The clock that the file's time comes from.</param>
    /// <param name="cancellationToken">Ends the wait for content; the command is then killed.</param>
    /// <exception cref="ArgumentException">The path names no file, or there is no program.</exception>
    public CommandSource(string path, string program, IEnumerable<string> arguments, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(time);
        _path = new StreamPath(path);
        _program = program;
        _arguments = [.. arguments];
        _time = time;
        _cancellationToken = cancellationToken;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => [_path.Text];

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot() => _path.OpenRoot(
        UnixTime.FromDateTimeOffset(_time.GetUtcNow()),
        metadata =>
        {
            CommandOutput output = new(_program, _arguments, _cancellationToken);
            return new StreamFile(_program, metadata, output, output.RequireSuccess, _cancellationToken);
        });
}
