using System.Runtime.CompilerServices;
using Dedup.Storage;

namespace Dedup.Testing;

/// <summary>
/// Counts what is asked of a store, and fails the mutation (put, append, publish, delete) that it was told to fail:
/// the same calls in the same order meet the same fault. Without faults it is the store itself.
/// It does not dispose of the inner store.
/// </summary>
public sealed class FaultyStore(IObjectStore inner) : IObjectStore
{
    private readonly long[] _counts = new long[Enum.GetValues<StoreOperation>().Length];
    private readonly Dictionary<long, StoreFault> _faults = [];
    private readonly Lock _lock = new();
    private long _mutations;
    private long _bytesWritten;
    private long _bytesRead;
    private long _openUploads;
    private bool _isDead;

    /// <inheritdoc/>
    public string Location => inner.Location;

    /// <summary>How many mutations have been asked for, failed ones among them.</summary>
    public long Mutations => Interlocked.Read(ref _mutations);

    /// <summary>The bytes handed to puts and appends.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    /// <summary>The bytes that reads and readbacks returned.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>How many uploads were begun and not yet disposed of.</summary>
    public long OpenUploads => Interlocked.Read(ref _openUploads);

    /// <summary>The object that was cut in half; <see langword="null"/> when none was.</summary>
    public ObjectName? CutObject { get; private set; }

    /// <summary>How many calls of a kind there were.</summary>
    public long Count(StoreOperation operation) => Interlocked.Read(ref _counts[(int)operation]);

    /// <summary>Lets a mutation fail.</summary>
    /// <param name="ordinal">Which one, counted from 1 over the store's whole life.</param>
    /// <param name="fault">How.</param>
    public void FailMutation(long ordinal, StoreFault fault)
    {
        lock (_lock)
        {
            _faults[ordinal] = fault;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _ = Interlocked.Add(ref _bytesWritten, content.Length);
        return await MutateAsync(
            StoreOperation.Put,
            () => inner.PutIfAbsentAsync(name, content, cancellationToken),
            async () =>
            {
                await using IObjectUpload upload = await inner.BeginUploadAsync(cancellationToken);
                await upload.AppendAsync(content[..(content.Length / 2)], cancellationToken);
            },
            () => PutHalfAsync(name, content, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken)
    {
        Note(StoreOperation.BeginUpload);
        IObjectUpload upload = await inner.BeginUploadAsync(cancellationToken);
        _ = Interlocked.Increment(ref _openUploads);
        return new FaultyUpload(this, upload);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        Note(StoreOperation.Read);
        int read = await inner.ReadAsync(name, offset, destination, cancellationToken);
        NoteBytesRead(read);
        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken) =>
        Enumerate(inner.ListAsync(folder, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        Note(StoreOperation.Info);
        return inner.InfoAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken) =>
        MutateAsync(StoreOperation.Delete, () => inner.DeleteAsync(name, cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void Note(StoreOperation operation)
    {
        lock (_lock)
        {
            ThrowIfDead();
            _counts[(int)operation]++;
        }
    }

    internal void NoteDisposed() => Interlocked.Decrement(ref _openUploads);

    internal void NoteBytesWritten(int count) => Interlocked.Add(ref _bytesWritten, count);

    internal void NoteBytesRead(int count) => Interlocked.Add(ref _bytesRead, count);

    /// <summary>Carries out a mutation, or fails it when its turn to fail has come.</summary>
    /// <param name="operation">Its kind.</param>
    /// <param name="mutate">The whole of it.</param>
    /// <param name="tear">Half of it; <see langword="null"/> when it has no halves.</param>
    /// <param name="cut">Half of it under its name; <see langword="null"/> when it makes no object.</param>
    internal async ValueTask<T> MutateAsync<T>(StoreOperation operation, Func<ValueTask<T>> mutate, Func<ValueTask>? tear = null, Func<ValueTask>? cut = null)
    {
        StoreFault? fault = TakeFault(operation, out long ordinal);
        if (fault is null)
        {
            return await mutate();
        }

        switch (fault.Moment)
        {
            case FaultMoment.After:
                _ = await mutate();
                break;
            case FaultMoment.Torn when tear is not null:
                await tear();
                break;
            case FaultMoment.Cut when cut is not null:
                await cut();
                break;
            case FaultMoment.Twice:
                T reply = await mutate();
                return operation == StoreOperation.Append ? reply : await mutate();
            default:
                break;
        }

        throw new StoreException($"{Location}: mutation {ordinal} ({operation}) was told to fail ({fault.Moment})", fault.IsTransient);
    }

    /// <summary>Makes half of an object visible and remembers its name.</summary>
    internal async ValueTask PutHalfAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        CutObject = name;
        _ = await inner.PutIfAbsentAsync(name, content[..(content.Length / 2)], cancellationToken);
    }

    private StoreFault? TakeFault(StoreOperation operation, out long ordinal)
    {
        lock (_lock)
        {
            ThrowIfDead();
            _counts[(int)operation]++;
            ordinal = ++_mutations;
            _ = _faults.Remove(ordinal, out StoreFault? fault);
            _isDead = fault is { IsFatal: true };
            return fault;
        }
    }

    private void ThrowIfDead()
    {
        if (_isDead)
        {
            throw new StoreException($"{Location}: nothing is answered after a fatal fault");
        }
    }

    private async IAsyncEnumerable<ObjectInfo> Enumerate(
        IAsyncEnumerable<ObjectInfo> objects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Note(StoreOperation.List);
        await foreach (ObjectInfo info in objects.WithCancellation(cancellationToken))
        {
            yield return info;
        }
    }
}
