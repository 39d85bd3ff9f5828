namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>Holds requests back until a test lets them go.</summary>
internal sealed class ProxyGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when the first request waits here.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Holds a request back.</summary>
    public ProxyFault Hold() => async (request, next, cancellationToken) =>
    {
        _reached.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await next(request);
    };

    /// <summary>Lets all go, also those that come later.</summary>
    public void Open() => _open.TrySetResult();
}
