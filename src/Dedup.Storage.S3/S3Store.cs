using Amazon.S3.Model;

namespace Dedup.Storage.S3;

/// <summary>
/// A store in an S3 bucket: the object <c>packs/ab…</c> has the key <c>prefix/packs/ab…</c>.
/// </summary>
/// <remarks>
/// <para>An object is written in one request with <c>If-None-Match: *</c>, so that of several writers the server lets one win; what an upload
/// gathers is kept in memory until then. A name that is taken holds an object that the server has stored for good.</para>
/// <para>A request is sent once; <see cref="StoreException.IsTransient"/> says whether sending it again may help. It is given up
/// when it stands still for <see cref="S3StoreOptions.InactivityTimeout"/>.</para>
/// <para>S3 does not tell whether there was an object to delete; some servers do.</para>
/// </remarks>
public sealed class S3Store : IObjectStore
{
    private readonly S3StoreOptions _options;
    private readonly S3Connection _connection;
    private readonly S3Reader _reader;
    private readonly S3Lister _lister;

    /// <summary>Prepares a store in a bucket that is there; nothing is sent yet.</summary>
    /// <param name="options">Where it lies and how it is used.</param>
    /// <exception cref="ArgumentException">A value of the options is out of its range.</exception>
    /// <exception cref="StoreException">The address is not encrypted, and that is not allowed.</exception>
    public S3Store(S3StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _connection = new S3Connection(options);
        _reader = new S3Reader(_connection, options);
        _lister = new S3Lister(_connection, options);
        Writer = new S3Writer(_connection, options);
    }

    /// <inheritdoc/>
    public string Location => _connection.Location;

    internal S3Writer Writer { get; }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(name, [content], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(name, [.. pieces], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IObjectUpload>(cancellationToken)
            : new ValueTask<IObjectUpload>(new S3Upload(this));

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return await _reader.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfNotFolder(folder);
        return _lister.ListAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _reader.InfoAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _connection.CallAsync(
                S3Attempt.Delete(name),
                (client, watch) => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _options.Location.Bucket, Key = _options.Location.KeyPrefix + name.Value }, watch.Token),
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (S3ReplyException reply) when (reply.Code == S3Reader.NoSuchKey)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.LockAsync(name, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
