using Dedup.Catalogue;
using Dedup.Compression;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup.Content;

/// <summary>
/// Stores the blobs of one session: each once, and not at all when the repository has it. Packs are made durable first, then the
/// index segments that list them. Called from every thread of the pipeline.
/// </summary>
internal sealed class BlobWriter : IAsyncDisposable
{
    /// <summary>An index segment is written when so many packs or blobs wait for one: what a break loses stays small.</summary>
    private const int PacksPerSegment = 64, BlobsPerSegment = 1 << 15;

    /// <summary>How many data packs are open at once; a blob goes to one of them at random.</summary>
    private const int OpenDataPacks = 4, OpenTreePacks = 2;

    private readonly IObjectStore _store;
    private readonly RepositoryKeys _keys;
    private readonly CatalogueDatabase _catalogue;
    private readonly ReusablePacks _reusable;
    private readonly ReusableBlobs _known;
    private readonly CancellationToken _cancellationToken;
    private readonly ThreadLocal<BlobEncoder> _encoders;
    private readonly PendingBlobs _pending = new();
    private readonly PackPublisher _publisher;
    private readonly OpenPacks _dataPacks, _treePacks;
    private readonly Lock _segmentLock = new();
    private readonly List<PackDirectory> _unlisted = [];
    private int _unlistedBlobs;
    private long _dataBlobs, _treeBlobs, _plainBytes, _storedBytes, _dataPlainBytes, _dataRecordBytes;

    public BlobWriter(
        IObjectStore store, IObjectStore metadata, RepositoryKeys keys, CatalogueDatabase catalogue, ReusablePacks reusable, CompressionOptions compression, int maxChunkLength, int concurrency,
        CancellationToken cancellationToken)
    {
        _encoders = new ThreadLocal<BlobEncoder>(() => new BlobEncoder(keys, compression), trackAllValues: true);
        _store = store;
        _keys = keys;
        _catalogue = catalogue;
        _reusable = reusable;
        _known = new ReusableBlobs(catalogue, reusable);
        _cancellationToken = cancellationToken;
        _publisher = new PackPublisher(maxAtOnce: OpenDataPacks, cancellationToken);
        _dataPacks = new OpenPacks(store, keys, PackKind.Data, PackTargets.Length(PackKind.Data), maxChunkLength + PackLayout.RecordOverhead, Math.Max(OpenDataPacks, concurrency), _publisher);
        _treePacks = new OpenPacks(metadata, keys, PackKind.Tree, PackTargets.Length(PackKind.Tree), PageFormat.MaxLength, OpenTreePacks, _publisher);
    }

    /// <summary>Whether nothing that is written lasts, so that the catalogue must not learn of it.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Blobs of file content stored so far.</summary>
    public long DataBlobs => Interlocked.Read(ref _dataBlobs);

    /// <summary>Blobs of trees and lists stored so far.</summary>
    public long TreeBlobs => Interlocked.Read(ref _treeBlobs);

    /// <summary>Plaintext bytes of the blobs stored so far.</summary>
    public long PlainBytes => Interlocked.Read(ref _plainBytes);

    /// <summary>Plaintext bytes of the blobs of file content stored so far.</summary>
    public long DataPlainBytes => Interlocked.Read(ref _dataPlainBytes);

    /// <summary>Bytes that these take in packs.</summary>
    public long DataRecordBytes => Interlocked.Read(ref _dataRecordBytes);

    /// <summary>Bytes of packs and index segments written so far.</summary>
    public long StoredBytes => Interlocked.Read(ref _storedBytes);

    /// <summary>Whether a blob need not be stored again.</summary>
    public bool IsKnown(BlobId id) => _pending.Contains(id) || _known.Contains(id);

    /// <summary>Stores a blob unless the repository has it.</summary>
    /// <returns>The blob's id.</returns>
    /// <exception cref="VerificationFailedException">What was sealed did not read back.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public BlobId Write(BlobKind kind, ReadOnlySpan<byte> plain)
    {
        BlobEncoder encoder = _encoders.Value!;
        BlobId id = encoder.Hash(kind, plain);
        if (IsKnown(id) || !_pending.TryClaim(id))
        {
            return id;
        }

        OpenPacks packs = kind == BlobKind.Data ? _dataPacks : _treePacks;
        PackWriter pack = packs.Take(_cancellationToken);
        bool isAdded = false;
        int length = 0;
        try
        {
            SealedRecord record = pack.Add(id, kind, plain, encoder.Compressor, _cancellationToken);
            encoder.Verify(record, plain);
            length = record.Entry.StoredLength;
            isAdded = true;
        }
        finally
        {
            if (!isAdded)
            {
                pack.DisposeAsync().Wait();
            }
        }

        packs.Return(pack, length);
        Interlocked.Increment(ref kind == BlobKind.Data ? ref _dataBlobs : ref _treeBlobs);
        Interlocked.Add(ref _plainBytes, plain.Length);
        if (kind == BlobKind.Data)
        {
            Interlocked.Add(ref _dataPlainBytes, plain.Length);
            Interlocked.Add(ref _dataRecordBytes, length);
        }

        WriteSegmentIfDue();
        return id;
    }

    /// <summary>Takes up packs that an earlier session left without an index segment, but for those that are not to be relied on: condemned, or damaged.</summary>
    public void AdoptUnlisted()
    {
        lock (_segmentLock)
        {
            foreach (KnownPack pack in _catalogue.ReadPacks().Where(pack => !pack.IsListed && _reusable.Contains(pack.Id)))
            {
                if (TryReadFooter(pack) is { } directory)
                {
                    AddUnlisted(directory);
                }
                else
                {
                    _reusable.Remove(pack.Id);
                }
            }
        }
    }

    /// <summary>Makes everything durable: the packs, then the index segments.</summary>
    public async Task CompleteAsync()
    {
        _dataPacks.Flush();
        _treePacks.Flush();
        await _publisher.CompleteAsync().ConfigureAwait(false);
        lock (_segmentLock)
        {
            CollectDurable();
            WriteSegments();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _dataPacks.DisposeAsync().ConfigureAwait(false);
        await _treePacks.DisposeAsync().ConfigureAwait(false);
        await _publisher.DisposeAsync().ConfigureAwait(false);
        foreach (BlobEncoder encoder in _encoders.Values)
        {
            encoder.Dispose();
        }

        _encoders.Dispose();
    }

    /// <summary>What a pack's own footer says. The catalogue may know it from scanning a pack that was cut off or damaged: good enough to read what is left, not to rely on.</summary>
    private PackDirectory? TryReadFooter(in KnownPack pack)
    {
        try
        {
            return PackReader.ReadFooterAsync(_store, _keys, pack.Id, pack.Length, _cancellationToken).Wait();
        }
        catch (CorruptDataException)
        {
            return null;
        }
        catch (ObjectNotFoundException)
        {
            // Deleted by a prune since it was listed.
            return null;
        }
    }

    private void WriteSegmentIfDue()
    {
        if (!_publisher.HasDurable || !_segmentLock.TryEnter())
        {
            return;
        }

        try
        {
            CollectDurable();
            if (_unlisted.Count >= PacksPerSegment || _unlistedBlobs >= BlobsPerSegment)
            {
                WriteSegments();
            }
        }
        finally
        {
            _segmentLock.Exit();
        }
    }

    private void CollectDurable()
    {
        foreach (PackDirectory pack in _publisher.TakeDurable())
        {
            Interlocked.Add(ref _storedBytes, pack.Length);
            AddUnlisted(pack);
        }
    }

    private void AddUnlisted(PackDirectory pack)
    {
        _unlisted.Add(pack);
        _unlistedBlobs += pack.Entries.Count;
    }

    private void WriteSegments()
    {
        foreach (PackDirectory[] packs in _unlisted.Chunk(PacksPerSegment))
        {
            byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(packs, []), _keys);
            Bytes32 id = ContentHash.Of(segment);
            _store.PutIfAbsentAsync(RepositoryObjects.Segment(id), segment, _cancellationToken).Wait();
            Interlocked.Add(ref _storedBytes, segment.Length);
            if (IsRehearsal)
            {
                continue;
            }

            _catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(id, packs)] });
            foreach (PackDirectory pack in packs)
            {
                _reusable.Add(pack.Id);
                foreach (PackEntry entry in pack.Entries)
                {
                    _pending.Remove(entry.Id);
                }
            }
        }

        _unlisted.Clear();
        _unlistedBlobs = 0;
    }
}
