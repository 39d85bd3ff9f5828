using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Dedup.Storage;

/// <summary>
/// A store in memory, for tests and trials. Its objects live as long as it does: disposing of it changes nothing,
/// so that it can be opened as a repository again. An object holds at most 2 GiB.
/// </summary>
public sealed class MemoryStore : IObjectStore
{
    private readonly ConcurrentDictionary<ObjectName, ReadOnlyMemory<byte>> _objects = new();

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryAdd(name, content.ToArray());
    }

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new MemoryUpload(this);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!_objects.TryGetValue(name, out ReadOnlyMemory<byte> content))
        {
            throw new ObjectNotFoundException(name, Location);
        }

        int length = (int)Math.Clamp(content.Length - offset, 0, destination.Length);
        content.Span.Slice((int)Math.Min(offset, content.Length), length).CopyTo(destination.Span);
        return length;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfNotFolder(folder);
        return Enumerate(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _objects.TryGetValue(name, out ReadOnlyMemory<byte> content) ? new ObjectInfo(name, content.Length) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _objects.TryRemove(name, out _);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Takes over bytes that nobody changes any more, unless the name is taken.</summary>
    internal bool TryAdd(ObjectName name, ReadOnlyMemory<byte> content) => _objects.TryAdd(name, content);

    private async IAsyncEnumerable<ObjectInfo> Enumerate(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach ((ObjectName name, ReadOnlyMemory<byte> content) in _objects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.Folder == folder)
            {
                yield return new ObjectInfo(name, content.Length);
            }
        }
    }
}
