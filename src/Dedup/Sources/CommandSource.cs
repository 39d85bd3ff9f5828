namespace Dedup.Sources;

/// <summary>One file whose content is what a command prints. The command is run without a shell; a failure of it leaves no snapshot.</summary>
public sealed class CommandSource : IBackupSource
{
    private readonly OverlaidSource _file;

    /// <summary>Creates the source; the command starts when the backup reads it.</summary>
    /// <param name="path">The file's path in the snapshot, such as <c>stdin</c> or <c>/dumps/db.sql</c>.</param>
    /// <param name="program">The program: a path, or a name to be looked for in <c>PATH</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="time">The clock that the file's time comes from; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Ends the wait for content; the command is then killed.</param>
    /// <exception cref="ArgumentException">The path names no file, or there is no program.</exception>
    public CommandSource(string path, string program, IEnumerable<string> arguments, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(program);
        ArgumentNullException.ThrowIfNull(arguments);
        CommandLine command = new(program, [.. arguments]);
        _file = new OverlaidSource([new AddedFile(path, () => new CommandStream(command, cancellationToken))], time, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths => _file.Paths;

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot() => _file.OpenRoot();
}
