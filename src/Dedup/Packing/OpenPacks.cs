using System.Security.Cryptography;
using Dedup.Crypto;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>
/// The packs of one kind that are being written. A blob goes to one of them at random, so that the store does not learn in which
/// order blobs were met. A thread takes a pack out, adds to it and gives it back, so that sealing needs no lock.
/// </summary>
/// <remarks>
/// Of two that are picked at random the fuller one is taken. So they become full one after the other and never all at once: four of 32 MiB
/// hold 28 to 60 MiB together, and one is on its way to the store while the next fills.
/// </remarks>
internal sealed class OpenPacks(
    IObjectStore store, RepositoryKeys keys, PackKind kind, long targetLength, int maxRecordLength, int maxOpen, PackPublisher publisher) : IAsyncDisposable
{
    /// <summary>One more pack is opened for every so many bytes, so that a small backup leaves few and small packs.</summary>
    private const long BytesPerOpenPack = 4 << 20;

    /// <summary>What a pack gathers at least before the store is called.</summary>
    private const int MinBufferLength = 512 << 10;

    private readonly Lock _lock = new();
    private readonly BufferPool _buffers = new(Math.Max(MinBufferLength, maxRecordLength));
    private readonly List<PackWriter> _idle = [];
    private int _open;
    private long _bytes;

    /// <summary>Takes a pack out, at random; the caller gives it back or disposes of it.</summary>
    public PackWriter Take(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            bool wantsAnother = _open < maxOpen && _open < 1 + (_bytes / BytesPerOpenPack);
            if (_idle.Count > 0 && !wantsAnother)
            {
                int place = RandomNumberGenerator.GetInt32(_idle.Count), other = RandomNumberGenerator.GetInt32(_idle.Count);
                place = _idle[other].Length > _idle[place].Length ? other : place;
                PackWriter taken = _idle[place];
                _idle[place] = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return taken;
            }

            _open++;
        }

        return PackWriter.BeginAsync(store, keys, kind, _buffers, cancellationToken).Wait();
    }

    /// <summary>Gives a pack back after a record of some length was added; a full one is passed on to be published.</summary>
    public void Return(PackWriter pack, int addedLength)
    {
        bool isFull = pack.Length >= targetLength || pack.Count >= PackTargets.MaxBlobs;
        lock (_lock)
        {
            _bytes += addedLength;
            if (!isFull)
            {
                _idle.Add(pack);
                return;
            }

            _open--;
        }

        publisher.Publish(pack);
    }

    /// <summary>Passes on every pack that holds something.</summary>
    public void Flush()
    {
        // One by one: those that are not passed on, because an earlier one failed, stay to be disposed of.
        while (TryTakeIdle() is { } pack)
        {
            publisher.Publish(pack);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PackWriter pack in _idle)
        {
            await pack.DisposeAsync().ConfigureAwait(false);
        }

        _idle.Clear();
    }

    private PackWriter? TryTakeIdle()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            PackWriter taken = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            _open--;
            return taken;
        }
    }
}
