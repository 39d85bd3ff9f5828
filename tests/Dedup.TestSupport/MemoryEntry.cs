using System.Text;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.TestSupport;

/// <summary>An entry of a <see cref="MemorySource"/>.</summary>
public abstract class MemoryEntry
{
    /// <summary>Long ago, so that nothing counts as changed a moment before.</summary>
    private const long LongAgoNs = 1_600_000_000_000_000_000;

    private readonly SortedDictionary<string, byte[]> _xattrs = new(StringComparer.Ordinal);

    /// <summary>When it was last modified and changed: nanoseconds since 1970.</summary>
    public long TimeNs { get; set; } = LongAgoNs;

    /// <summary>What looking at it or opening it fails with; <see langword="null"/> when it succeeds.</summary>
    public SourceException? Failure { get; set; }

    /// <summary>Its extended attributes, sorted by name.</summary>
    public IReadOnlyList<ExtendedAttribute> Xattrs => [.. _xattrs.Select(pair => new ExtendedAttribute(Encoding.UTF8.GetBytes(pair.Key), pair.Value))];

    /// <summary>What the file system would tell of it.</summary>
    public abstract NodeMetadata Metadata { get; }

    /// <summary>Sets an extended attribute, and the time.</summary>
    public void SetXattr(string name, byte[] value)
    {
        _xattrs[name] = value;
        TimeNs += 1_000_000_000;
    }

    /// <summary>Throws what it was told to fail with.</summary>
    internal void ThrowIfFailing()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
