using Dedup.Compression;
using Dedup.Content;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Pruning;

/// <summary>Writes new packs out of records of others: what one thread of a <see cref="Repacker"/> does.</summary>
internal sealed class RecordCopier(PruneContext context) : IDisposable
{
    private readonly PackSealCache _seals = new(context.Store, context.Keys);
    private readonly BlobDecoder _decoder = new(context.Keys);
    private readonly BlobEncoder _encoder = new(context.Keys, CompressionOptions.None);
    private readonly SourceWindow _window = new(context.Store);
    private readonly BufferPool _buffers = new(1 << 20);
    private readonly List<PackEntry> _entries = [];
    private byte[] _plain = [], _body = [];

    /// <summary>Writes a pack.</summary>
    /// <returns>The pack, which is durable and not listed yet.</returns>
    /// <exception cref="CorruptDataException">A blob is damaged.</exception>
    /// <exception cref="ObjectNotFoundException">A source is gone.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public PackDirectory Write(NewPack pack, CancellationToken cancellationToken)
    {
        PackWriter writer = PackWriter.BeginAsync(context.Store, context.Keys, pack.Kind, _buffers, cancellationToken).Wait();
        try
        {
            foreach (PackPart part in pack.Sources)
            {
                OpenSource(part);
                for (int place = 0; place < _entries.Count; place++)
                {
                    Copy(part.Pack, place, writer, cancellationToken);
                }
            }

            return writer.PublishAsync(cancellationToken).Wait();
        }
        finally
        {
            writer.DisposeAsync().Wait();
        }
    }

    public void Dispose()
    {
        _seals.Dispose();
        _decoder.Dispose();
        _encoder.Dispose();
    }

    private void OpenSource(PackPart part)
    {
        // Who shares the catalogue may have seen the pack deleted since it was surveyed.
        PackDirectory directory = context.Catalogue.ReadPack(part.Pack)
            ?? throw new ObjectNotFoundException(RepositoryObjects.Pack(part.Pack), context.Store.Location);
        _entries.Clear();
        foreach ((int ordinal, ulong prefix) in part.Records)
        {
            if (ordinal >= directory.Entries.Count || directory.Entries[ordinal].Id.Bytes.Prefix != prefix)
            {
                throw new CorruptDataException(RepositoryObjects.Pack(part.Pack).Value, -1, "is listed otherwise than a moment before");
            }

            _entries.Add(directory.Entries[ordinal]);
        }

        _window.Open(part.Pack, _entries);
    }

    private void Copy(PackId source, int place, PackWriter writer, CancellationToken cancellationToken)
    {
        PackEntry entry = _entries[place];
        Grow(ref _plain, entry.PlainLength);
        Span<byte> plain = _plain.AsSpan(0, entry.PlainLength);
        int bodyLength = entry.StoredLength - PackLayout.RecordOverhead;
        Grow(ref _body, bodyLength);
        ReadOnlySpan<byte> record = _window.Read(place, cancellationToken);
        if (!_decoder.TryDecodeWithBody(_seals.Get(source, cancellationToken), entry, record, plain, _body.AsSpan(0, bodyLength)))
        {
            throw new CorruptDataException(RepositoryObjects.Pack(source).Value, entry.Offset, $"blob {entry.Id} is damaged");
        }

        SealedRecord copy = writer.Add(entry.Id, entry.Kind, entry.Codec, entry.PlainLength, _body.AsSpan(0, bodyLength), cancellationToken);
        _encoder.Verify(copy, plain);
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }
    }
}
