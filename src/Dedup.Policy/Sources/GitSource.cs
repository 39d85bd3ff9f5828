using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>
/// A Git repository: all branches, tags and other refs with their whole history as one bundle, consistent while others push, and beside it what a bundle does
/// not hold: configuration, hooks, reflogs, large files. Files of a working tree are no part of it.
/// </summary>
public sealed class GitSource : IApplicationSource
{
    /// <summary>The bundle's name in the repository's folder of the snapshot.</summary>
    internal const string BundleName = "repository.bundle";

    // Besides objects, refs and what belongs to a working tree.
    private static readonly string[] KeptFiles = ["HEAD", "config", "description", "hooks", "info", "lfs", "logs"];

    private readonly GitFolder _folder;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates the source; Git runs when the backup reads it.</summary>
    /// <param name="options">The repository.</param>
    /// <param name="time">The clock that the bundle's time comes from.</param>
    /// <param name="cancellationToken">Ends Git.</param>
    /// <exception cref="SourceFailedException">There is no repository there, or one whose history is not all there.</exception>
    public GitSource(GitSourceOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        _folder = GitFolder.Find(options);
        _time = time;
        _cancellationToken = cancellationToken;
        Paths = [new FileSystemSource([_folder.Path]).Paths[0]];
    }

    /// <inheritdoc/>
    public SourceKind Kind => SourceKind.Git;

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; }

    /// <inheritdoc/>
    /// <exception cref="SourceFailedException">Git fails.</exception>
    public ISourceDirectory OpenRoot()
    {
        FileSystemSource files = new(KeptFiles.Select(name => Path.Combine(Paths[0], name)).Where(Path.Exists));
        AddedFile[] bundle = _folder.HasCommits(_cancellationToken)
            ? [new AddedFile($"{Paths[0]}/{BundleName}", () => new CommandStream(_folder.Command("bundle", "create", "--quiet", "-", "--all"), _cancellationToken))]
            : [];
        return new OverlaidSource(Paths, files, bundle, _time, _cancellationToken).OpenRoot();
    }
}
