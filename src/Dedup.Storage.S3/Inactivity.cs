namespace Dedup.Storage.S3;

/// <summary>Ends a request that stands still: however long one takes, as long as bytes flow it goes on.</summary>
internal sealed class Inactivity : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _limit;

    /// <param name="limit">How long nothing may happen.</param>
    /// <param name="caller">Ends the request too.</param>
    public Inactivity(TimeSpan limit, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _source.CancelAfter(limit);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time was up, rather than that the caller had enough.</summary>
    public bool HasExpired => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Says that something happened.</summary>
    public void Touch() => _source.CancelAfter(_limit);

    public void Dispose() => _source.Dispose();
}
