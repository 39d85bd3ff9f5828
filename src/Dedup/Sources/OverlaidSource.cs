using System.Collections.Immutable;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>
/// Another source, with files added to it whose content are streams; or those files alone. A file of the other source at the same place gives its owner,
/// rights and extended attributes, not its content.
/// </summary>
public sealed class OverlaidSource : IBackupSource
{
    private const uint FileMode = 0x180; // 0600: what a database dumps is nobody else's business
    private const uint DirectoryMode = 0x1ED; // 0755

    private readonly IBackupSource? _files;
    private readonly ImmutableArray<(EntryName[] Path, AddedFile File)> _added;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates the source.</summary>
    /// <param name="paths">What is backed up, as the snapshot shows it.</param>
    /// <param name="files">The other source; <see langword="null"/> for none.</param>
    /// <param name="added">The added files.</param>
    /// <param name="time">The clock that their times come from; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Ends the wait for content.</param>
    /// <exception cref="ArgumentException">A path names no file, or two the same.</exception>
    public OverlaidSource(
        IReadOnlyList<string> paths, IBackupSource? files, IReadOnlyList<AddedFile> added, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(added);
        _added = [.. added.Select(static file => (Parse(file.Path), file with { Path = TextOf(file.Path) }))];
        if (_added.Select(static file => string.Join('/', file.Path)).Distinct().Count() < _added.Length)
        {
            throw new ArgumentException("Two of the files have the same path.", nameof(added));
        }

        Paths = [.. paths];
        _files = files;
        _time = time ?? TimeProvider.System;
        _cancellationToken = cancellationToken;
    }

    /// <summary>A source of added files alone, whose paths the snapshot shows.</summary>
    /// <inheritdoc cref="OverlaidSource(IReadOnlyList{string}, IBackupSource, IReadOnlyList{AddedFile}, TimeProvider, CancellationToken)"/>
    public OverlaidSource(IReadOnlyList<AddedFile> added, TimeProvider? time = null, CancellationToken cancellationToken = default)
        : this([.. (added ?? throw new ArgumentNullException(nameof(added))).Select(static file => TextOf(file.Path))], null, added, time, cancellationToken)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Paths { get; }

    /// <inheritdoc/>
    public ISourceDirectory OpenRoot()
    {
        OwnerNames names = new();
        (uint user, uint group) = (Posix.EffectiveUser(), Posix.EffectiveGroup());
        long nowNs = UnixTime.FromDateTimeOffset(_time.GetUtcNow());
        NodeMetadata directory = new()
        {
            Type = NodeType.Directory,
            Mode = DirectoryMode,
            UserId = user,
            GroupId = group,
            UserName = names.User(user),
            GroupName = names.Group(group),
            ModifiedNs = nowNs,
            ChangedNs = nowNs,
        };
        NodeMetadata file = directory with { Type = NodeType.File, Mode = FileMode, Size = ISourceFile.UnknownLength };
        return new OverlaidDirectory(_files?.OpenRoot(), [.. _added.Select(static added => (new ArraySegment<EntryName>(added.Path), added.File))], directory, file, _cancellationToken);
    }

    private static string TextOf(string path) => "/" + string.Join('/', Parse(path));

    private static EntryName[] Parse(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        EntryName[] names = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(EntryName.FromText)];
        return names.Length > 0 ? names : throw new ArgumentException($"'{path}' names no file.", nameof(path));
    }
}
