using System.Security.Cryptography;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>A pack under way: records are sealed straight into its buffer, which is passed on to the store as it fills. One thread at a time.</summary>
internal sealed class PackWriter : IAsyncDisposable
{
    private readonly IObjectUpload _upload;
    private readonly PackSeal _seal;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<PackEntry> _entries = [];
    private readonly BufferPool _buffers;
    private byte[] _buffer;
    private int _buffered;

    private PackWriter(IObjectUpload upload, PackSeal seal, BufferPool buffers)
    {
        _upload = upload;
        _seal = seal;
        _buffers = buffers;
        _buffer = buffers.Rent();
        seal.Header.CopyTo(_buffer);
        _buffered = seal.Header.Length;
    }

    public PackKind Kind => _seal.Kind;

    /// <summary>How long the pack is so far, in bytes, without padding and footer.</summary>
    public long Length => _upload.Length + _buffered;

    public int Count => _entries.Count;

    public static async ValueTask<PackWriter> BeginAsync(
        IObjectStore store, RepositoryKeys keys, PackKind kind, BufferPool buffers, CancellationToken cancellationToken)
    {
        IObjectUpload upload = await store.BeginUploadAsync(cancellationToken).ConfigureAwait(false);
        return new PackWriter(upload, PackSeal.Create(keys, kind), buffers);
    }

    /// <summary>Compresses a blob into the pack's buffer and seals it where it lies.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="plain">Its plaintext.</param>
    /// <param name="compressor">This thread's compressor.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The sealed record as it lies in the pack, to be read back; valid until the next call.</returns>
    public SealedRecord Add(BlobId id, BlobKind kind, ReadOnlySpan<byte> plain, BlobCompressor compressor, CancellationToken cancellationToken)
    {
        MakeRoom(plain.Length + PackLayout.RecordOverhead, cancellationToken);
        Span<byte> body = _buffer.AsSpan(_buffered + PackLayout.SealedRecordHeaderLength, plain.Length);
        BlobCodec codec = compressor.Compress(plain, body, out int bodyLength);
        if (codec == BlobCodec.None)
        {
            plain.CopyTo(body);
            bodyLength = plain.Length;
        }

        return SealInPlace(id, kind, codec, plain.Length, bodyLength);
    }

    /// <summary>Seals a blob that is compressed already.</summary>
    /// <inheritdoc cref="Add(BlobId, BlobKind, ReadOnlySpan{byte}, BlobCompressor, CancellationToken)"/>
    public SealedRecord Add(BlobId id, BlobKind kind, BlobCodec codec, int plainLength, ReadOnlySpan<byte> body, CancellationToken cancellationToken)
    {
        MakeRoom(body.Length + PackLayout.RecordOverhead, cancellationToken);
        body.CopyTo(_buffer.AsSpan(_buffered + PackLayout.SealedRecordHeaderLength));
        return SealInPlace(id, kind, codec, plainLength, body.Length);
    }

    /// <summary>Pads the pack, writes and reads back its footer, and publishes it. The pack is durable when this returns.</summary>
    /// <exception cref="VerificationFailedException">The footer did not read back.</exception>
    /// <exception cref="StoreException">The store failed; nothing was published.</exception>
    public async ValueTask<PackDirectory> PublishAsync(CancellationToken cancellationToken)
    {
        await PadAsync(cancellationToken).ConfigureAwait(false);
        long footerOffset = Length;
        byte[] footer = PackFooter.Write(_seal, _entries, footerOffset);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await AppendAsync(footer, cancellationToken).ConfigureAwait(false);
        await ReadBackFooterAsync(footerOffset, footer.Length, cancellationToken).ConfigureAwait(false);

        // While the pack is on its way, another one is filled with the buffer.
        _buffers.Return(_buffer);
        _buffer = [];
        PackId id = new(_hash.GetHashAndReset());
        await _upload.PublishAsync(RepositoryObjects.Pack(id), cancellationToken).ConfigureAwait(false);
        return new PackDirectory(id, Kind, _upload.Length, _entries);
    }

    public async ValueTask DisposeAsync()
    {
        _buffers.Return(_buffer);
        _hash.Dispose();
        _seal.Dispose();
        await _upload.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Seals a body that lies where it goes.</summary>
    private SealedRecord SealInPlace(BlobId id, BlobKind kind, BlobCodec codec, int plainLength, int bodyLength)
    {
        int length = bodyLength + PackLayout.RecordOverhead;
        PackEntry entry = new(id, kind, codec, plainLength, length, checked((int)Length), _entries.Count);
        Memory<byte> record = _buffer.AsMemory(_buffered, length);
        _seal.SealRecord(entry, record.Span.Slice(PackLayout.SealedRecordHeaderLength, bodyLength), record.Span);
        _entries.Add(entry);
        _buffered += length;
        return new SealedRecord(_seal, entry, record);
    }

    private void MakeRoom(int length, CancellationToken cancellationToken)
    {
        if (_buffer.Length - _buffered >= length)
        {
            return;
        }

        FlushAsync(cancellationToken).Wait();
        if (_buffer.Length < length)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        }
    }

    private async ValueTask PadAsync(CancellationToken cancellationToken)
    {
        long whole = Length + PackLayout.SealedFooterLength(_entries.Count) + PackLayout.TrailerLength;
        int padding = (int)(PackLayout.PaddedLength(whole) - whole);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        MakeRoom(padding, cancellationToken);
        Randomness.Fill(_buffer.AsSpan(0, padding));
        _buffered = padding;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await AppendAsync(_buffer.AsMemory(0, _buffered), cancellationToken).ConfigureAwait(false);
        _buffered = 0;
    }

    private ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _hash.AppendData(bytes.Span);
        return _upload.AppendAsync(bytes, cancellationToken);
    }

    private async ValueTask ReadBackFooterAsync(long offset, int length, CancellationToken cancellationToken)
    {
        byte[] read = new byte[length];
        await _upload.ReadBackAsync(offset, read, cancellationToken).ConfigureAwait(false);
        const string name = "the footer of a new pack";
        bool same = PackFooter.OffsetFromTrailer(read.AsSpan(length - PackLayout.TrailerLength), _upload.Length, name) == offset
            && PackFooter.Read(_seal, read.AsSpan(0, length - PackLayout.TrailerLength), offset, name).SequenceEqual(_entries);
        if (!same)
        {
            throw new VerificationFailedException(name);
        }
    }
}
