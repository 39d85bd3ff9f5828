using System.Security.Cryptography;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>Reads packs whole: the hash that names them, and every record in them. One thread at a time.</summary>
internal sealed class PackVerifier(IObjectStore store, RepositoryKeys keys, CancellationToken cancellationToken) : IDisposable
{
    private const int WindowLength = 4 << 20;

    private readonly BlobDecoder _decoder = new(keys);
    private byte[] _window = [];
    private byte[] _plain = [];

    /// <summary>Reads a pack.</summary>
    /// <param name="directory">What it holds.</param>
    /// <param name="length">How long it is.</param>
    /// <returns>What is wrong with it; <see langword="null"/> when it is whole.</returns>
    /// <exception cref="CorruptDataException">Nothing in it can be opened.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public CorruptDataException? Verify(PackDirectory directory, long length)
    {
        ObjectName name = RepositoryObjects.Pack(directory.Id);
        using PackSeal seal = PackReader.OpenSealAsync(store, keys, directory.Id, cancellationToken).Wait();

        if (_window.Length == 0)
        {
            _window = GC.AllocateUninitializedArray<byte>(WindowLength);
        }

        // One for each pack: a pack that goes while it is read must leave nothing behind for the next.
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Queue<PackEntry> entries = new(directory.Entries);
        int damaged = 0;
        long firstDamage = -1;
        long position = 0;
        int kept = 0;
        while (position < length)
        {
            int wanted = (int)Math.Min(_window.Length - kept, length - position);
            int read = store.ReadAsync(name, position, _window.AsMemory(kept, wanted), cancellationToken).Wait();
            hash.AppendData(_window.AsSpan(kept, read));
            position += read;
            long windowStart = position - read - kept;
            ReadOnlySpan<byte> window = _window.AsSpan(0, kept + read);
            while (entries.TryPeek(out PackEntry entry) && entry.Offset + (long)entry.StoredLength <= position)
            {
                entries.Dequeue();
                if (!IsWhole(seal, entry, window.Slice((int)(entry.Offset - windowStart), entry.StoredLength)))
                {
                    damaged++;
                    firstDamage = firstDamage < 0 ? entry.Offset : firstDamage;
                }
            }

            if (read < wanted)
            {
                break;
            }

            kept = Keep(entries, windowStart, window.Length);
        }

        damaged += entries.Count;
        bool isNamedRight = new PackId(hash.GetHashAndReset()) == directory.Id;
        return isNamedRight && damaged == 0
            ? null
            : new CorruptDataException(
                name.Value, firstDamage, $"its content does not hash to its name: {damaged} of its {directory.Entries.Count} blobs are damaged");
    }

    public void Dispose()
    {
        _decoder.Dispose();
    }

    private bool IsWhole(PackSeal seal, in PackEntry entry, ReadOnlySpan<byte> record)
    {
        if (_plain.Length < entry.PlainLength)
        {
            _plain = GC.AllocateUninitializedArray<byte>(entry.PlainLength);
        }

        return seal.TryOpenRecordHeader(entry.Ordinal, entry.Offset, record, out PackEntry described)
            && described == entry
            && _decoder.TryDecode(seal, entry, record, _plain.AsSpan(0, entry.PlainLength));
    }

    /// <summary>Moves the beginning of the next record to the front of the window, which grows when the record is longer.</summary>
    private int Keep(Queue<PackEntry> entries, long windowStart, int filled)
    {
        if (!entries.TryPeek(out PackEntry next) || next.Offset >= windowStart + filled)
        {
            return 0;
        }

        ReadOnlySpan<byte> kept = _window.AsSpan((int)(next.Offset - windowStart)..filled);
        byte[] window = next.StoredLength < _window.Length ? _window : new byte[next.StoredLength + WindowLength];
        kept.CopyTo(window);
        _window = window;
        return kept.Length;
    }
}
