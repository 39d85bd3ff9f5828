using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dedup.WebDav;

/// <summary>
/// Answers requests of this machine over HTTP/1.1. Kestrel alone, without the host, configuration and logging that ASP.NET Core puts around it, none of which is
/// needed.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    /// <summary>With the chunks that each reads ahead this bounds memory; clients use about ten.</summary>
    private const int MaxConnections = 64;

    /// <summary>A path of 4096 bytes, each of them written as <c>%NN</c>, and more.</summary>
    private const int MaxRequestLineLength = 32 << 10;

    /// <summary>For bodies of PROPFIND, the only ones that are read.</summary>
    private const int MaxBodyLength = 64 << 10;

    private readonly KestrelServer _server;
    private readonly ServerApplication _application;
    private readonly ServiceProvider _services;

    private LoopbackServer(KestrelServer server, ServerApplication application, ServiceProvider services)
    {
        _server = server;
        _application = application;
        _services = services;
        Address = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <summary>Where it is found, such as <c>http://127.0.0.1:8090</c>.</summary>
    public string Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="handle">Answers a request.</param>
    /// <param name="endPoint">Where to listen: an address of this machine's loopback; port 0 for any that is free.</param>
    /// <param name="logger">Takes what went wrong while serving.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It is not possible to listen there.</exception>
    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, Task> handle, IPEndPoint endPoint, ILogger logger, CancellationToken cancellationToken)
    {
        if (!IPAddress.IsLoopback(endPoint.Address))
        {
            throw new ArgumentException($"{endPoint.Address} is not an address of the loopback.", nameof(endPoint));
        }

        KestrelServerOptions options = new() { AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MaxConnections;
        options.Limits.MaxRequestLineSize = MaxRequestLineLength;
        options.Limits.MaxRequestBodySize = MaxBodyLength;

        // A player that pauses reads nothing for as long as it likes.
        options.Limits.MinResponseDataRate = null;
        options.Listen(endPoint, static listen => listen.Protocols = HttpProtocols.Http1);

        // What Kestrel logs concerns clients that go away and the like.
        SocketTransportFactory sockets = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        KestrelServer server = new(Options.Create(options), sockets, NullLoggerFactory.Instance);
        ServiceProvider services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        bool isStarted = false;
        try
        {
            ServerApplication application = new(handle, services, logger);
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
            isStarted = true;
            return new LoopbackServer(server, application, services);
        }
        finally
        {
            if (!isStarted)
            {
                server.Dispose();
                await services.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the server; what is being sent is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _application.DrainAsync().ConfigureAwait(false);
        _server.Dispose();
        await _services.DisposeAsync().ConfigureAwait(false);
    }
}
