using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dedup.Catalogue;

/// <summary>
/// A blocked Bloom filter over the prefixes of blob ids: one cache line and six bits a blob, no false "unknown". With 12 bits a blob
/// when new it errs for 0.5 % of the unknown ids, with 8, when it is replaced, for 3 %. One thread adds while others ask; who asks
/// during an addition may get the answer from before.
/// </summary>
internal sealed class BlobFilter
{
    /// <summary>The unit in which it is stored.</summary>
    public const int PageLength = 64 << 10;

    private const int WordsPerBlock = 8, BitsSet = 6, BitsPerBlobWhenNew = 12, BitsPerBlobWhenFull = 8;

    private readonly ulong[] _words;
    private readonly ulong _blocks;

    /// <summary>Makes an empty filter of so many pages.</summary>
    public BlobFilter(int pages)
    {
        _words = new ulong[pages * (PageLength / sizeof(ulong))];
        _blocks = (ulong)(_words.Length / WordsPerBlock);
    }

    /// <summary>How many blobs were added, those that were added twice counted twice.</summary>
    public long Count { get; set; }

    public bool IsFull => Count * BitsPerBlobWhenFull > _words.LongLength * 64;

    public int Pages => _words.Length / (PageLength / sizeof(ulong));

    /// <summary>How many pages a new filter for so many blobs takes.</summary>
    public static int PagesFor(long blobs) => checked((int)((blobs * BitsPerBlobWhenNew / 8 / PageLength) + 1));

    public Span<byte> Page(int page) =>
        MemoryMarshal.AsBytes(_words.AsSpan()).Slice(page * PageLength, PageLength);

    public void Add(long prefix)
    {
        Span<ulong> block = Block(prefix, out ulong bits);
        for (int i = 0; i < BitsSet; i++, bits >>= 9)
        {
            block[(int)((bits >> 6) & (WordsPerBlock - 1))] |= 1UL << (int)(bits & 63);
        }

        Count++;
    }

    /// <summary>Whether a blob with this prefix may have been added.</summary>
    public bool MayContain(long prefix)
    {
        Span<ulong> block = Block(prefix, out ulong bits);
        for (int i = 0; i < BitsSet; i++, bits >>= 9)
        {
            if ((block[(int)((bits >> 6) & (WordsPerBlock - 1))] & (1UL << (int)(bits & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<ulong> Block(long prefix, out ulong bits)
    {
        // Ids are keyed hashes, hence uniform and not for others to choose: their top bits name the block,
        // and a multiplication by 2^64 / golden ratio, folded, spreads the rest for the bits within it.
        ulong hash = unchecked((ulong)prefix << 16);
        ulong block = Math.BigMul(hash, _blocks, out _);
        ulong mixed = unchecked((hash >> 16) * 0x9E3779B97F4A7C15);
        bits = unchecked((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93) >> 8;
        return _words.AsSpan((int)block * WordsPerBlock, WordsPerBlock);
    }
}
