using System.Collections.Concurrent;
using Dedup.Storage;

namespace Dedup.Tests.Pruning;

/// <summary>A store that notes what is locked.</summary>
internal sealed class LockingStore(IObjectStore inner) : IObjectStore
{
    private readonly ConcurrentDictionary<string, bool> _locked = new();
    private readonly Lock _starting = new();
    private Task? _first;

    public static DateTimeOffset Until { get; } = new(2026, 12, 22, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Happens before the first object is locked.</summary>
    public Func<Task> BeforeFirst { get; init; } = () => Task.CompletedTask;

    public IEnumerable<string> Locked => _locked.Keys;

    public string Location => inner.Location;

    public async ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Task first;
        lock (_starting)
        {
            first = _first ??= BeforeFirst();
        }

        await first;
        _locked[await inner.InfoAsync(name, cancellationToken) is null ? throw new ObjectNotFoundException(name, Location) : name.Value] = true;
        return Until;
    }

    public ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken) => inner.BeginUploadAsync(cancellationToken);

    public ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken) => inner.ReadAsync(name, offset, destination, cancellationToken);

    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) => inner.ListAsync(folder, cancellationToken);

    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken) => inner.InfoAsync(name, cancellationToken);

    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
