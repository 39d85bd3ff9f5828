using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Sources;

/// <summary>Where a stream lies in a snapshot, and as what.</summary>
internal sealed class StreamPath
{
    private const uint FileMode = 0x180; // 0600: what a database dumps is nobody else's business

    private readonly EntryName[] _names;

    /// <param name="path">The path, absolute or relative to the root.</param>
    /// <exception cref="ArgumentException">It names no file.</exception>
    public StreamPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _names = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(EntryName.FromText)];
        if (_names.Length == 0)
        {
            throw new ArgumentException($"'{path}' names no file.", nameof(path));
        }
    }

    /// <summary>The absolute path, for people.</summary>
    public string Text => "/" + string.Join('/', _names);

    /// <summary>A root that holds the file.</summary>
    /// <param name="nowNs">The file's time.</param>
    /// <param name="open">Opens the file, given its metadata.</param>
    public ISourceDirectory OpenRoot(long nowNs, Func<NodeMetadata, ISourceFile> open)
    {
        OwnerNames names = new();
        (uint user, uint group) = (Posix.EffectiveUser(), Posix.EffectiveGroup());
        NodeMetadata file = new()
        {
            Type = NodeType.File,
            Mode = FileMode,
            UserId = user,
            GroupId = group,
            UserName = names.User(user),
            GroupName = names.Group(group),
            ModifiedNs = nowNs,
            ChangedNs = nowNs,
            Size = ISourceFile.UnknownLength,
        };
        return new StreamDirectory(_names, file, () => open(file));
    }
}
