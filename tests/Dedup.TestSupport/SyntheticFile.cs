using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>An open file of a <see cref="SyntheticSource"/>.</summary>
internal sealed class SyntheticFile(SyntheticContent content) : ISourceFile
{
    /// <summary>2020-09-13: long enough ago for a file to count as at rest.</summary>
    public const long TimeNs = 1_600_000_000_000_000_000;

    /// <summary>What a file system would tell of a file with this content.</summary>
    public static NodeMetadata Describe(SyntheticContent content) => new()
    {
        Type = NodeType.File,
        Mode = 0b110_100_100,
        Size = content.Length,
        ModifiedNs = TimeNs + content.Version,
        ChangedNs = TimeNs + content.Version,
        Inode = content.Seed,
    };

    public NodeMetadata Stat() => Describe(content);

    public int Read(long offset, Span<byte> destination) => content.Read(offset, destination);

    public bool TryFindData(long offset, out long start, out long end)
    {
        start = offset;
        end = content.Length;
        return offset < content.Length;
    }

    public IReadOnlyList<ExtendedAttribute> ReadXattrs() => [];

    public void Dispose()
    {
    }
}
