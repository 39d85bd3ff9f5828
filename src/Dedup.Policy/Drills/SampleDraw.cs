using System.Buffers.Binary;
using System.Security.Cryptography;
using Dedup.Filtering;
using Dedup.Trees;

namespace Dedup.Policy.Drills;

/// <summary>
/// Draws files at random, each with the same chance, until they hold as much as is wanted. Each gets a number by a hash of seed and path; those with the
/// smallest numbers are drawn. So the draw is the same in whatever order files come, and only what is drawn is remembered.
/// </summary>
internal sealed class SampleDraw(long wanted, long seed)
{
    // The largest number first, so that it is the first to leave.
    private readonly PriorityQueue<TreeEntry, ulong> _drawn = new(Comparer<ulong>.Create(static (left, right) => right.CompareTo(left)));

    /// <summary>How many bytes the drawn files have.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many files are drawn.</summary>
    public long Files => _drawn.Count;

    /// <summary>Offers a file.</summary>
    public void Offer(TreeEntry entry)
    {
        _drawn.Enqueue(entry, Number(entry));
        Bytes += entry.Node.Metadata.Size;
        while (_drawn.Count > 1 && Bytes - _drawn.Peek().Node.Metadata.Size >= wanted)
        {
            Bytes -= _drawn.Dequeue().Node.Metadata.Size;
        }
    }

    /// <summary>The drawn files.</summary>
    public PathSet ToSet()
    {
        PathSet set = new();
        foreach ((TreeEntry entry, _) in _drawn.UnorderedItems)
        {
            set.Add(entry);
        }

        return set;
    }

    private ulong Number(TreeEntry entry)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64LittleEndian(digest, seed);
        hash.AppendData(digest[..sizeof(long)]);
        foreach (EntryName name in entry.Directory.Append(entry.Node.Name))
        {
            hash.AppendData("/"u8);
            hash.AppendData(name.Bytes);
        }

        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
