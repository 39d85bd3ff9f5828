using Dedup.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Dedup.WebDav;

/// <summary>The edge of the server: turns what goes wrong into a status, or cuts the answer off where it has begun.</summary>
/// <param name="handle">Answers a request.</param>
/// <param name="services">What the platform's own results look for.</param>
/// <param name="logger">Takes what went wrong.</param>
internal sealed partial class ServerApplication(Func<HttpContext, Task> handle, IServiceProvider services, ILogger logger) : IHttpApplication<HttpContext>
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isEnding;

    public HttpContext CreateContext(IFeatureCollection contextFeatures)
    {
        lock (_lock)
        {
            _running++;
        }

        return new DefaultHttpContext(contextFeatures) { RequestServices = services };
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        lock (_lock)
        {
            _running--;
            EndWhenDrained();
        }
    }

    /// <summary>Waits for the requests that are being answered, so that what they use can be closed. No others come any more.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isEnding = true;
            EndWhenDrained();
        }

        return _drained.Task;
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await handle(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception.StatusCode, exception.Message).ConfigureAwait(false);
        }
        catch (DedupException exception)
        {
            LogFailure(logger, exception.Message);
            int status = exception is StoreException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            await RefuseAsync(context, status, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone away, or the server ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "a request failed: {Reason}")]
    private static partial void LogFailure(ILogger logger, string reason);

    private static async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (context.Response.HasStarted)
        {
            // The client must see that something is missing.
            context.Abort();
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        foreach (string ofTheFile in (string[])["Content-Length", "Content-Range", "Content-Disposition", "Accept-Ranges", "ETag", "Last-Modified"])
        {
            headers.Remove(ofTheFile);
        }

        await PlainAnswer.WriteAsync(context, status, reason).ConfigureAwait(false);
    }

    private void EndWhenDrained()
    {
        if (_isEnding && _running == 0)
        {
            _drained.TrySetResult();
        }
    }
}
