namespace Dedup.Storage;

/// <summary>
/// Keeps parts of objects on this machine: what is read again and again from a store far away. Reads go in blocks of a mebibyte, and from the
/// second block of an object on in runs of them, so that thousands of small reads become a few requests.
/// </summary>
/// <remarks>
/// <para>Only for folders whose objects never change and never come back with another content. A part that is kept is given also when
/// another process has deleted the object since; listings and questions whether an object is there always go to the store.</para>
/// <para>Several processes may share a folder. What is kept carries a checksum, and what does not match it is fetched anew. When the
/// folder cannot be used, or its disk is full, everything works without it.</para>
/// </remarks>
public sealed class CachingStore : IObjectStore
{
    /// <summary>The length of a block in bytes; the last of an object is shorter, so that its end is known.</summary>
    internal const int BlockLength = 1 << 20;

    /// <summary>How many blocks the second request for an object fetches, and all after it: a whole pack of trees.</summary>
    private const int BlocksPerRun = 8;

    private readonly IObjectStore _inner;
    private readonly HashSet<string> _folders;
    private readonly BlockFolder _blocks;
    private readonly RecentBlocks _recent = new();

    /// <summary>Wraps a store, which then belongs to this one.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="folders">The folders whose objects are kept, as in <see cref="ObjectName.Folder"/>.</param>
    /// <param name="path">Where they are kept: a folder of this machine, made when it is missing.</param>
    /// <param name="maxLength">How many bytes may be kept; what was not used for longest goes first.</param>
    /// <param name="timeProvider">What time it is; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public CachingStore(IObjectStore inner, IEnumerable<string> folders, string path, long maxLength, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        _inner = inner;
        _folders = [.. folders];
        _blocks = new BlockFolder(path, maxLength, timeProvider ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public string Location => _inner.Location;

    /// <inheritdoc/>
    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _inner.PutIfAbsentAsync(name, content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken) =>
        _inner.PutIfAbsentAsync(name, pieces, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) =>
        new CachingUpload(this, await _inner.BeginUploadAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (destination.IsEmpty || !Keeps(name))
        {
            return await _inner.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int read = 0;
        while (read < destination.Length)
        {
            long block = (offset + read) / BlockLength;
            byte[] content = await GetAsync(name, block, cancellationToken).ConfigureAwait(false);
            int start = (int)((offset + read) % BlockLength);
            int length = Math.Clamp(content.Length - start, 0, destination.Length - read);
            content.AsSpan(Math.Min(start, content.Length), length).CopyTo(destination.Span[read..]);
            read += length;
            if (content.Length < BlockLength)
            {
                break;
            }
        }

        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => _inner.ListAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => _inner.InfoAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        bool isFound = await _inner.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        _recent.Remove(name);
        _blocks.Remove(name);
        return isFound;
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken) => _inner.LockAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    /// <summary>Whether the objects of this one's folder are kept.</summary>
    internal bool Keeps(ObjectName name) => _folders.Contains(name.Folder);

    /// <summary>Keeps a block that was just written.</summary>
    internal void Keep(ObjectName name, long block, ReadOnlySpan<byte> content) => _blocks.Write(name, block, content);

    private async ValueTask<byte[]> GetAsync(ObjectName name, long block, CancellationToken cancellationToken)
    {
        if (_recent.TryGet(name, block) is { } recent)
        {
            return recent;
        }

        if (_blocks.TryRead(name, block) is { } kept)
        {
            _recent.Add(name, block, kept);
            return kept;
        }

        // A look into a directory takes one block; who wants a second one walks through all of them.
        int blocks = _recent.WasFetched(name) ? BlocksPerRun : 1;
        byte[] run = GC.AllocateUninitializedArray<byte>(blocks * BlockLength);
        int length = await _inner.ReadAsync(name, block * BlockLength, run, cancellationToken).ConfigureAwait(false);

        // A block that is shorter than others, or empty, tells that the object has ended.
        int known = length == run.Length ? blocks : (length / BlockLength) + 1;
        byte[][] contents = [.. Enumerable.Range(0, known).Select(i => run[(i * BlockLength)..Math.Min((i + 1) * BlockLength, length)])];
        for (int i = 0; i < known; i++)
        {
            _recent.Add(name, block + i, contents[i]);
            _blocks.Write(name, block + i, contents[i]);
        }

        _recent.NoteFetched(name);
        return contents[0];
    }
}
