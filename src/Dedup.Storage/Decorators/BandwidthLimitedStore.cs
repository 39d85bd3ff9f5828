namespace Dedup.Storage;

/// <summary>Sends and fetches no more bytes a second than it may, over all threads together.</summary>
/// <remarks>
/// Bytes wait before they go. A large read goes in slices of an eighth of a second each. An object that is written goes in one request, once
/// the time for all of it has passed, so that the line is busy in bursts: the limit holds on average, and exactly what goes through in any time t
/// is at most rate * (t + 1/8 s) and one object a thread. Listings and what surrounds a request are not counted.
/// </remarks>
public sealed class BandwidthLimitedStore : IObjectStore
{
    private readonly IObjectStore _inner;
    private readonly BandwidthGate? _up, _down;

    /// <summary>Wraps a store, which then belongs to this one.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="upload">The limit of what is written; <see langword="null"/> for none.</param>
    /// <param name="download">The limit of what is read; <see langword="null"/> for none.</param>
    /// <param name="timeProvider">What time it is; <see langword="null"/> for the system's.</param>
    public BandwidthLimitedStore(IObjectStore inner, BandwidthLimit? upload, BandwidthLimit? download, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _up = upload is null ? null : new BandwidthGate(upload, timeProvider ?? TimeProvider.System);
        _down = download is null ? null : new BandwidthGate(download, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Location => _inner.Location;

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await PassUpAsync(content.Length, cancellationToken).ConfigureAwait(false);
        return await _inner.PutIfAbsentAsync(name, content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        cancellationToken.ThrowIfCancellationRequested();
        await PassUpAsync(pieces.Sum(static piece => (long)piece.Length), cancellationToken).ConfigureAwait(false);
        return await _inner.PutIfAbsentAsync(name, pieces, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        new BandwidthLimitedUpload(this, await _inner.BeginUploadAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_down is null || destination.IsEmpty)
        {
            return await _inner.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int read = 0, slice, got;
        do
        {
            slice = _down.SliceOf(destination.Length - read);
            await _down.PassAsync(slice, cancellationToken).ConfigureAwait(false);
            got = await _inner.ReadAsync(name, offset + read, destination.Slice(read, slice), cancellationToken).ConfigureAwait(false);
            read += got;
        }
        while (got == slice && read < destination.Length);

        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => _inner.ListAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => _inner.InfoAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => _inner.DeleteAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken) => _inner.LockAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    internal ValueTask PassUpAsync(long bytes, CancellationToken cancellationToken) => _up?.PassAsync(bytes, cancellationToken) ?? ValueTask.CompletedTask;
}
