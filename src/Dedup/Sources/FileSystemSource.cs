using System.Text;
using Dedup.Native;
using Dedup.Trees;

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

    private FileSystemSource(IEnumerable<byte[]> paths, FileSystemSourceOptions? options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Files can be backed up from Linux only, as yet: run the backup there, or back up a stream.");
        }

        _options = options ?? new FileSystemSourceOptions();
        SortedSet<string> unresolved = new(StringComparer.Ordinal);
        foreach (byte[] absolute in paths)
        {
            if (TryResolveParents(absolute, out byte[] resolved, out int error))
            {
                _selection.Add(resolved);
            }
            else if (unresolved.Add(Encoding.UTF8.GetString(absolute)))
            {
                _unresolved.Add((Encoding.UTF8.GetString(absolute), error));
            }
        }

        Paths = [.. _selection.Paths().Concat(unresolved)];
        if (Paths.Count == 0)
        {
            throw new ArgumentException("There is nothing to back up: name at least one path.", nameof(paths));
        }
    }

    /// <summary>Chooses what to back up. Looks at the parents of the paths, to resolve links; whether the paths are there shows in <see cref="OpenRoot"/>.</summary>
    /// <param name="paths">Files, directories and other entries; made absolute, with <c>.</c> and <c>..</c> resolved as text. One below another, or named twice, counts once.</param>
    /// <param name="options">How to walk; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no path, or one is empty or holds NUL.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public FileSystemSource(IEnumerable<string> paths, FileSystemSourceOptions? options = null)
        : this(ToBytes(paths), options)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>As the constructor, for paths that need not be text.</summary>
    /// <inheritdoc cref="FileSystemSource(IEnumerable{string}, FileSystemSourceOptions)"/>
    public static FileSystemSource FromBytes(IEnumerable<ReadOnlyMemory<byte>> paths, FileSystemSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new FileSystemSource(paths.Select(static path => AbsolutePath.Of(path.Span)), options);
    }

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

    /// <summary>Whether a backup meets an entry: it is there, lies at or below a path asked for, and nothing leaves it out.</summary>
    /// <param name="path">The absolute path of an entry, without symbolic links on the way.</param>
    /// <exception cref="SourceException">A path that was asked for is not there, or a directory on the way cannot be read.</exception>
    public bool Meets(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        EntryName[] names = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(EntryName.FromText)];
        ISourceDirectory directory = OpenRoot();
        try
        {
            for (int i = 0; i < names.Length; i++)
            {
                if (!directory.ReadNames().Contains(names[i]))
                {
                    return false;
                }

                if (i < names.Length - 1)
                {
                    ISourceDirectory next = directory.OpenDirectory(names[i]);
                    directory.Dispose();
                    directory = next;
                }
            }

            return true;
        }
        finally
        {
            directory.Dispose();
        }
    }

    private static IEnumerable<byte[]> ToBytes(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return paths.Select(static path =>
        {
            ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
            return AbsolutePath.Of(Encoding.UTF8.GetBytes(path));
        });
    }

    private static bool TryResolveParents(byte[] path, out byte[] resolved, out int error)
    {
        int last = path.AsSpan().LastIndexOf((byte)'/');
        byte[]? parent = Posix.Resolve(last <= 0 ? "/"u8 : path.AsSpan(0, last), out error);
        resolved = parent is null ? [] : [.. parent, (byte)'/', .. path.AsSpan(last + 1)];
        return parent is not null;
    }
}
