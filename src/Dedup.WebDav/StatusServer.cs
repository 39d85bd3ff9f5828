using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dedup.WebDav;

/// <summary>
/// Tells monitoring of this machine how things stand: <c>/health</c> by status 200 or 503 and JSON, <c>/metrics</c> in the text format of Prometheus. Every user
/// of the machine can ask: nothing secret is told.
/// </summary>
internal sealed class StatusServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private StatusServer(LoopbackServer server) => _server = server;

    /// <summary>Where it is found, such as <c>http://127.0.0.1:9480</c>.</summary>
    public string Address => _server.Address;

    /// <summary>Begins to serve.</summary>
    /// <param name="health">Tells whether all is well, and the JSON.</param>
    /// <param name="metrics">Tells the figures.</param>
    /// <param name="endPoint">Where to listen: an address of this machine's loopback; port 0 for any that is free.</param>
    /// <param name="loggers">Takes what went wrong while serving.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is not possible to listen there.</exception>
    public static async Task<StatusServer> StartAsync(
        Func<(bool IsWell, byte[] Json)> health, Func<string> metrics, IPEndPoint endPoint, ILoggerFactory loggers, CancellationToken cancellationToken) =>
        new(await LoopbackServer.StartAsync(context => HandleAsync(context, health, metrics), endPoint, loggers.CreateLogger<StatusServer>(), cancellationToken).ConfigureAwait(false));

    /// <summary>Ends the server.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task HandleAsync(HttpContext context, Func<(bool IsWell, byte[] Json)> health, Func<string> metrics)
    {
        if (!await RequestGuard.AdmitsAsync(context).ConfigureAwait(false))
        {
            return;
        }

        HttpResponse response = context.Response;
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            response.Headers.Allow = "GET, HEAD";
            await PlainAnswer.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "figures do not change by asking").ConfigureAwait(false);
            return;
        }

        response.Headers.CacheControl = "no-store";
        switch (context.Request.Path.Value)
        {
            case "/health":
                (bool isWell, byte[] json) = health();
                response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                response.ContentType = "application/json";
                await WriteAsync(context, json).ConfigureAwait(false);
                return;
            case "/metrics":
                response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                await WriteAsync(context, System.Text.Encoding.UTF8.GetBytes(metrics())).ConfigureAwait(false);
                return;
            default:
                await PlainAnswer.WriteAsync(context, StatusCodes.Status404NotFound, "ask for /health or /metrics").ConfigureAwait(false);
                return;
        }
    }

    private static Task WriteAsync(HttpContext context, byte[] content)
    {
        context.Response.ContentLength = content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }
}
