using System.Numerics;

namespace Dedup.Content;

/// <summary>
/// A set of blobs by the first eight bytes of their ids, 11 to 23 bytes of memory each. Two blobs that share them count as one: asked
/// whether a blob is needed the answer is then yes, which keeps too much and never too little. One thread at a time.
/// </summary>
internal sealed class BlobSet
{
    /// <summary>Zero marks a free slot; the one prefix that is zero is remembered apart.</summary>
    private ulong[] _slots = new ulong[1 << 10];

    private bool _hasZero;

    /// <summary>How many blobs were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a blob.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(ulong prefix)
    {
        if (prefix == 0)
        {
            bool isNew = !_hasZero;
            _hasZero = true;
            Count += isNew ? 1 : 0;
            return isNew;
        }

        // At most 70 % full: beyond that probing gets long.
        if (Count * 10L >= _slots.Length * 7L)
        {
            Grow();
        }

        int slot = Find(prefix);
        if (_slots[slot] == prefix)
        {
            return false;
        }

        _slots[slot] = prefix;
        Count++;
        return true;
    }

    /// <summary>Whether a blob was added.</summary>
    public bool Contains(ulong prefix) => prefix == 0 ? _hasZero : _slots[Find(prefix)] == prefix;

    private int Find(ulong prefix)
    {
        // Ids are keyed hashes, hence uniform: their low bits will do.
        int mask = _slots.Length - 1;
        int slot = (int)(prefix & (ulong)mask);
        while (_slots[slot] != 0 && _slots[slot] != prefix)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        ulong[] old = _slots;
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)old.Length + 1)];
        foreach (ulong prefix in old)
        {
            if (prefix != 0)
            {
                _slots[Find(prefix)] = prefix;
            }
        }
    }
}
