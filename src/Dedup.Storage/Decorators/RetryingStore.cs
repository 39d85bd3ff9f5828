using System.Runtime.CompilerServices;

namespace Dedup.Storage;

/// <summary>
/// Does again what a store could not do for a reason that passes (<see cref="StoreException.IsTransient"/>): with growing pauses, until
/// the deadline. Everything else that fails is passed on at once.
/// </summary>
/// <remarks>
/// <para>An upload is gathered in memory and written in one go, so that it can be written again. For a remote store that is how it
/// has to be sent anyway; over a <see cref="LocalStore"/>, whose uploads are files, it would only cost memory: do not put it there.</para>
/// <para>After a lost reply the second try finds what the first one did: writing then tells that the name was taken, and deleting that
/// there was an object. Both the contract of <see cref="IObjectStore"/> allows.</para>
/// </remarks>
public sealed class RetryingStore : IObjectStore
{
    /// <summary>
    /// How many mebibytes uploads gather while others are sent: on up to four cores four packs that fill (28 to 60 MiB together) and three or four
    /// of 32 MiB on their way: with one or two, a fifth of the time nobody did anything. A pack more is open for each further core, and holds 11 MiB on average. Who fills waits
    /// when there is no room: the line is busy.
    /// </summary>
    private static readonly int MaxUploadPieces = 96 + (16 * Math.Max(4, Environment.ProcessorCount));

    private readonly IObjectStore _inner;
    private readonly StoreRetry _retry;
    private readonly UploadMemory _memory = new(MaxUploadPieces);

    /// <summary>Wraps a store, which then belongs to this one.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="deadline">How long an operation is tried again after it first failed; zero: never. It is tried again at least once.</param>
    /// <param name="timeProvider">What time it is; <see langword="null"/> for the system's.</param>
    /// <param name="retrying">Called with one line before each pause; <see langword="null"/> when nobody wants to know.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is negative.</exception>
    public RetryingStore(IObjectStore inner, TimeSpan deadline, TimeProvider? timeProvider = null, Action<string>? retrying = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.Zero);
        _inner = inner;
        _retry = new StoreRetry(deadline, timeProvider ?? TimeProvider.System, retrying);
    }

    /// <summary>The deadline unless the user says otherwise.</summary>
    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public string Location => _inner.Location;

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        (bool isFirst, _) = await _retry.RunAsync(token => _inner.PutIfAbsentAsync(name, content, token), cancellationToken).ConfigureAwait(false);
        return isFirst;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PutIfAbsentAsync(ObjectName name, IReadOnlyList<ReadOnlyMemory<byte>> pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        (bool isFirst, _) = await _retry.RunAsync(token => _inner.PutIfAbsentAsync(name, pieces, token), cancellationToken).ConfigureAwait(false);
        return isFirst;
    }

    /// <inheritdoc/>
    public ValueTask<IObjectUpload> BeginUploadAsync(CancellationToken cancellationToken)
    {
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IObjectUpload>(cancellationToken)
            : new ValueTask<IObjectUpload>(new BufferedUpload(this, _memory));
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        (int read, _) = await _retry.RunAsync(token => _inner.ReadAsync(name, offset, destination, token), cancellationToken).ConfigureAwait(false);
        return read;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ObjectInfo> ListAsync(string folder, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfNotFolder(folder);
        return EnumerateAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        (ObjectInfo? info, _) = await _retry.RunAsync(token => _inner.InfoAsync(name, token), cancellationToken).ConfigureAwait(false);
        return info;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(ObjectName name, CancellationToken cancellationToken)
    {
        // What an earlier try found nobody can tell once its reply was lost.
        (bool isFound, int tries) = await _retry.RunAsync(token => _inner.DeleteAsync(name, token), cancellationToken).ConfigureAwait(false);
        return isFound || tries > 1;
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        (DateTimeOffset? until, _) = await _retry.RunAsync(token => _inner.LockAsync(name, token), cancellationToken).ConfigureAwait(false);
        return until;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async IAsyncEnumerable<ObjectInfo> EnumerateAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RestartedListing listing = new(_inner, folder);
        await using (listing.ConfigureAwait(false))
        {
            while ((await _retry.RunAsync(listing.NextAsync, cancellationToken).ConfigureAwait(false)).Result is { } info)
            {
                yield return info;
            }
        }
    }
}
