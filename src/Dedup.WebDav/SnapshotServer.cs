using System.Net;
using System.Security.Cryptography;
using Dedup.Browsing;
using Microsoft.Extensions.Logging;

namespace Dedup.WebDav;

/// <summary>
/// Serves a view of snapshots over WebDAV and to browsers, read-only, to whoever on this machine knows the address: it holds a random word.
/// </summary>
internal sealed class SnapshotServer : IAsyncDisposable
{
    private const int TokenLength = 32;

    private readonly LoopbackServer _server;

    private SnapshotServer(LoopbackServer server, string token)
    {
        _server = server;
        Address = new Uri(server.Address + $"/{token}/");
    }

    /// <summary>Where the root of the view is found.</summary>
    public Uri Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="view">What is served; it stays open for its owner to close after the server.</param>
    /// <param name="endPoint">Where to listen: an address of this machine's loopback; port 0 for any that is free.</param>
    /// <param name="loggers">Takes what went wrong while serving.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is not possible to listen there.</exception>
    public static async Task<SnapshotServer> StartAsync(SnapshotView view, IPEndPoint endPoint, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        string token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        RequestHandler handler = new(view, token);
        return new SnapshotServer(await LoopbackServer.StartAsync(handler.HandleAsync, endPoint, loggers.CreateLogger<SnapshotServer>(), cancellationToken).ConfigureAwait(false), token);
    }

    /// <summary>Ends the server; what is being sent is cut off.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
