using Dedup.Storage;

namespace Dedup.Packing;

/// <summary>
/// Reads ahead in packs of trees: who walks through trees reads thousands of pages of a few kilobytes, each of which would be a request. What was
/// read lies in memory as long as this does and nowhere else, so that a check or a repair looks at the store itself, once.
/// </summary>
/// <remarks>Everything but reading packs goes straight to the store.</remarks>
internal sealed class ReadAheadStore(IObjectStore inner) : IObjectStore
{
    /// <summary>A first look at a pack takes so much, which is a small pack whole; a second one a full pack of 8 MiB with its directory.</summary>
    private const int FirstLength = 1 << 20, RunLength = 10 << 20;

    /// <summary>What is kept at most: several packs, which are walked in step.</summary>
    private const long MaxKept = 48 << 20;

    /// <summary>A pack that has been pushed out so often is read range by range: the walk comes back to more packs than there is room for.</summary>
    private const int MaxFetches = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<Part> _parts = new();
    private readonly Dictionary<ObjectName, int> _fetches = [];
    private long _kept;

    /// <inheritdoc/>
    public string Location => inner.Location;

    /// <inheritdoc/>
    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.PutIfAbsentAsync(name, content, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        Part? part = Find(name, offset, destination.Length);
        if (part is null)
        {
            if (name.Folder != RepositoryObjects.Packs || destination.IsEmpty || destination.Length > FirstLength || !MayFetch(name, out int length))
            {
                return await inner.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
            }

            part = await FetchAsync(name, offset, length, cancellationToken).ConfigureAwait(false);
            Keep(part);
            if (!part.Holds(name, offset, destination.Length))
            {
                // The range reaches beyond what was fetched.
                return await inner.ReadAsync(name, offset, destination, cancellationToken).ConfigureAwait(false);
            }
        }

        ReadOnlyMemory<byte> rest = part.From(offset);
        int read = Math.Min(rest.Length, destination.Length);
        rest[..read].CopyTo(destination);
        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    /// <summary>The store itself stays open.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Part? Find(ObjectName name, long offset, int length)
    {
        lock (_lock)
        {
            for (LinkedListNode<Part>? node = _parts.First; node is not null; node = node.Next)
            {
                if (node.Value.Holds(name, offset, length))
                {
                    _parts.Remove(node);
                    _parts.AddFirst(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <returns>Whether to read ahead in a pack, and how far.</returns>
    private bool MayFetch(ObjectName name, out int length)
    {
        lock (_lock)
        {
            int fetches = _fetches.GetValueOrDefault(name);
            length = fetches == 0 ? FirstLength : RunLength;
            _fetches[name] = Math.Min(fetches + 1, MaxFetches);
            return fetches < MaxFetches;
        }
    }

    private async ValueTask<Part> FetchAsync(ObjectName name, long offset, int length, CancellationToken cancellationToken)
    {
        // Where a multiple of the length begins: a walk goes through a pack from any place in any direction.
        long start = offset / length * length;
        byte[] content = GC.AllocateUninitializedArray<byte>(length);
        int read = await inner.ReadAsync(name, start, content, cancellationToken).ConfigureAwait(false);
        if (read < length)
        {
            Array.Resize(ref content, read);
        }

        return new Part(name, start, content, IsLast: read < length);
    }

    private void Keep(Part part)
    {
        lock (_lock)
        {
            _parts.AddFirst(part);
            _kept += part.Content.Length;
            while (_kept > MaxKept)
            {
                _kept -= _parts.Last!.Value.Content.Length;
                _parts.RemoveLast();
            }
        }
    }

    /// <summary>A part of a pack.</summary>
    /// <param name="Name">The pack.</param>
    /// <param name="Start">Where the part begins, in bytes.</param>
    /// <param name="Content">Its bytes.</param>
    /// <param name="IsLast">Whether the pack ends with it.</param>
    private sealed record Part(ObjectName Name, long Start, byte[] Content, bool IsLast)
    {
        public bool Holds(ObjectName name, long offset, int length) =>
            offset >= Start && (length <= Start + Content.Length - offset || IsLast) && name == Name;

        public ReadOnlyMemory<byte> From(long offset) => Content.AsMemory((int)Math.Min(offset - Start, Content.Length));
    }
}
