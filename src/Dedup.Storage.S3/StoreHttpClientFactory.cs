using Amazon.Runtime;

namespace Dedup.Storage.S3;

/// <summary>Makes the HTTP client of one store. Certificates are checked as the system says, and nothing here can switch that off.</summary>
internal sealed class StoreHttpClientFactory(S3Connection connection, int maxConnections) : HttpClientFactory
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // Shorter than any server's: what a server has closed meanwhile would fail a request for nothing.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    // New connections now and then follow a change of the server's addresses.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        SocketsHttpHandler sockets = new()
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = Lifetime,
            MaxConnectionsPerServer = maxConnections,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        return new HttpClient(new ReplyObserver(connection, sockets)) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
