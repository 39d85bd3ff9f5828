using System.Text;
using Dedup.Native;

namespace Dedup.Sources;

/// <summary>
/// Files and directories of this machine. Everything lies in the snapshot where it lies here: for the path <c>/srv/www</c> the root
/// holds <c>srv</c>, that holds <c>www</c>, and that holds everything it has. The directories on the way keep their own metadata.
/// </summary>
/// <remarks>
/// A path that names a symbolic link stores the link. Links on the way to it are resolved: where <c>/home</c> points to <c>/data/home</c>, the path
/// <c>/home/ann</c> is stored as <c>/data/home/ann</c>, where a restore must put it. Works on Linux.
/// </remarks>
public sealed class FileSystemSource : IBackupSource
{
    private readonly FileSystemSelection _selection = new(default);
    private readonly List<(string Path, int Error)> _unresolved = [];
    private readonly FileSystemSourceOptions _options;

    /// <summary>Chooses what to back up. Looks at the parents of the paths, to resolve links; whether the paths are there shows in <see cref="OpenRoot"/>.</summary>
    /// <param name="paths">Files, directories and other entries; made absolute, with <c>.</c> and <c>..</c> resolved as text. One below another, or named twice, counts once.</param>
    /// <param name="options">How to walk; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no path, or one is empty or holds NUL.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public FileSystemSource(IEnumerable<string> paths, FileSystemSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Files can be backed up from Linux only, as yet: run the backup there, or back up a stream.");
        }

        _options = options ?? new FileSystemSourceOptions();
        SortedSet<string> unresolved = new(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
            string absolute = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            if (TryResolveParents(absolute, out byte[] resolved, out int error))
            {
                _selection.Add(resolved);
            }
            else if (unresolved.Add(absolute))
            {
                _unresolved.Add((absolute, error));
            }
        }

        Paths = [.. _selection.Paths().Concat(unresolved)];
        if (Paths.Count == 0)
        {
            throw new ArgumentException("There is nothing to back up: name at least one path.", nameof(paths));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; }

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot()
    {
        if (_unresolved.Count > 0)
        {
            throw FileSystemFailure.Missing(_unresolved[0].Path, _unresolved[0].Error);
        }

        FileSystemDirectory root = FileSystemDirectory.OpenRoot(_selection, _options);
        try
        {
            root.RequireSelected();
            return root;
        }
        catch (SourceException)
        {
            root.Dispose();
            throw;
        }
    }

    private static bool TryResolveParents(string absolute, out byte[] resolved, out int error)
    {
        byte[] path = Encoding.UTF8.GetBytes(absolute);
        int last = path.AsSpan().LastIndexOf((byte)'/');
        byte[]? parent = Posix.Resolve(last <= 0 ? "/"u8 : path.AsSpan(0, last), out error);
        resolved = parent is null ? [] : [.. parent, (byte)'/', .. path.AsSpan(last + 1)];
        return parent is not null;
    }
}
