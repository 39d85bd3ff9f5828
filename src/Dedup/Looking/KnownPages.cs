using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dedup.Looking;

/// <summary>What the log holds, so that what is new can refer to it: pages by their ids, entries by a hash of their bytes.</summary>
internal sealed class KnownPages : IPageVisitor
{
    /// <summary>About 40 bytes of memory each. When there are more the oldest are no longer found, and kept a second time where a page has them.</summary>
    private const int MaxEntries = 1 << 20;

    private readonly Dictionary<BlobId, int> _pages = [];
    private Dictionary<UInt128, int> _entries = [], _olderEntries = [];

    /// <summary>How many entries there are, found or not.</summary>
    public int Entries { get; private set; }

    /// <summary>How many pages there are.</summary>
    public int Pages { get; private set; }

    public void Entry(int number, int tree, ReadOnlySpan<byte> node) => Add(number, HashOf(node));

    public void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content)
    {
        _pages[id] = number;
        Pages = number + 1;
    }

    public bool TryFindPage(BlobId id, out int number) => _pages.TryGetValue(id, out number);

    public bool TryFindEntry(UInt128 hash, out int number) => _entries.TryGetValue(hash, out number) || _olderEntries.TryGetValue(hash, out number);

    public void Add(int number, UInt128 hash)
    {
        if (_entries.Count >= MaxEntries / 2)
        {
            (_entries, _olderEntries) = (_olderEntries, _entries);
            _entries.Clear();
        }

        _entries[hash] = number;
        Entries = number + 1;
    }

    /// <summary>The first half of SHA-256: whoever can make two nodes of one hash could still only confuse what they named themselves.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> node)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(node, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
