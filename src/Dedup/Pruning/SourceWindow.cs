using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Reads the records that are copied out of a pack, those that lie close together in one go. One thread at a time.</summary>
internal sealed class SourceWindow(IObjectStore store)
{
    /// <summary>What is read at once at most, and how much may lie between two records so that reading on is cheaper than asking again.</summary>
    private const int MaxLength = 1 << 20, MaxGap = 32 << 10;

    private byte[] _bytes = [];
    private PackId _pack;
    private IReadOnlyList<PackEntry> _entries = [];
    private long _start, _end;
    private int _last;

    /// <summary>Turns to a pack.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="entries">The records that will be asked for, in order of their offsets.</param>
    public void Open(PackId pack, IReadOnlyList<PackEntry> entries)
    {
        _pack = pack;
        _entries = entries;
        _last = -1;
    }

    /// <summary>The record of a place in the entries; valid until the next call. Places are asked for in order.</summary>
    /// <exception cref="CorruptDataException">The source is truncated.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public ReadOnlySpan<byte> Read(int place, CancellationToken cancellationToken)
    {
        if (place > _last)
        {
            Fetch(place, cancellationToken);
        }

        PackEntry entry = _entries[place];
        return _bytes.AsSpan((int)(entry.Offset - _start), entry.StoredLength);
    }

    /// <summary>How far one read reaches from a place on.</summary>
    /// <returns>The last place whose record it holds, and where it begins and ends in the pack.</returns>
    public static (int Last, long Start, long End) Extend(IReadOnlyList<PackEntry> entries, int place)
    {
        long start = entries[place].Offset, end = start;
        int next = place;
        for (; next < entries.Count; next++)
        {
            PackEntry entry = entries[next];
            long nextEnd = entry.Offset + (long)entry.StoredLength;
            if (next > place && (entry.Offset < end || entry.Offset - end > MaxGap || nextEnd - start > MaxLength))
            {
                break;
            }

            end = nextEnd;
        }

        return (next - 1, start, end);
    }

    private void Fetch(int place, CancellationToken cancellationToken)
    {
        (_last, _start, _end) = Extend(_entries, place);
        int length = (int)(_end - _start);
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(length, MaxLength));
        }

        PackReader.ReadExactlyAsync(store, RepositoryObjects.Pack(_pack), _start, _bytes.AsMemory(0, length), cancellationToken).Wait();
    }
}
