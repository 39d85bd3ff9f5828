using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Reads the records that are copied to a new pack, those that lie close together in one go. One thread at a time.</summary>
internal sealed class SourceWindow(IObjectStore store, NewPack pack)
{
    /// <summary>What is read at once at most, and how much may lie between two records so that reading on is cheaper than asking again.</summary>
    private const int MaxLength = 1 << 20, MaxGap = 32 << 10;

    private byte[] _bytes = [];
    private long _start, _end;
    private int _first = -1, _last = -1;

    /// <summary>The record of a place in the pack's sources; valid until the next call. Places are asked for in order.</summary>
    /// <exception cref="CorruptDataException">The source is truncated.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public ReadOnlySpan<byte> Read(int place, CancellationToken cancellationToken)
    {
        if (place < _first || place > _last || _first < 0)
        {
            Fetch(place, cancellationToken);
        }

        PackEntry entry = pack.Sources[place].Entry;
        return _bytes.AsSpan((int)(entry.Offset - _start), entry.StoredLength);
    }

    /// <summary>How far one read reaches from a place on.</summary>
    /// <returns>The last place whose record it holds, and where it begins and ends in the source.</returns>
    public static (int Last, long Start, long End) Extend(NewPack pack, int place)
    {
        (PackId source, PackEntry first) = pack.Sources[place];
        long start = first.Offset, end = first.Offset + (long)first.StoredLength;
        int last = place;
        for (int next = place + 1; next < pack.Sources.Count && pack.Sources[next].Pack == source; next++)
        {
            PackEntry entry = pack.Sources[next].Entry;
            long nextEnd = entry.Offset + (long)entry.StoredLength;
            if (entry.Offset < end || entry.Offset - end > MaxGap || nextEnd - start > MaxLength)
            {
                break;
            }

            end = nextEnd;
            last = next;
        }

        return (last, start, end);
    }

    private void Fetch(int place, CancellationToken cancellationToken)
    {
        PackId source = pack.Sources[place].Pack;
        _first = place;
        (_last, _start, _end) = Extend(pack, place);
        int length = (int)(_end - _start);
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(length, MaxLength));
        }

        PackReader.ReadExactlyAsync(store, RepositoryObjects.Pack(source), _start, _bytes.AsMemory(0, length), cancellationToken).Wait();
    }
}
