using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>
/// A proxy on this machine before a server of S3, which does to requests and replies what its rules say. What it passes on is as the client
/// sent it, the name of the host too, so that signatures stay valid. Bodies are kept whole in memory.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    // Of the connection, or told by the body itself.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Expect", "Host",
    };

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ProxiedExchange> _exchanges = new();
    private readonly Lock _lock = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Uri _server;
    private readonly Random _random;
    private readonly Task _serving;
    private IReadOnlyList<ProxyRule> _rules = [];

    /// <summary>Starts it.</summary>
    /// <param name="server">The server's address, without a path.</param>
    /// <param name="seed">For the rules that are left to chance.</param>
    public FaultyProxy(Uri server, int seed)
    {
        _server = server;
        _random = new Random(seed);
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    /// <summary>Where clients find it.</summary>
    public Uri Endpoint { get; }

    /// <summary>All that was asked and is answered, in the order of the answers.</summary>
    public IReadOnlyList<ProxiedExchange> Exchanges => [.. _exchanges];

    /// <summary>Adds a rule. Those added later come first and may pass the request on to those before.</summary>
    public ProxyRule Add(ProxyRule rule)
    {
        lock (_lock)
        {
            _rules = [rule, .. _rules];
        }

        return rule;
    }

    /// <summary>Takes a rule away.</summary>
    public void Remove(ProxyRule rule)
    {
        lock (_lock)
        {
            _rules = [.. _rules.Where(other => other != rule)];
        }
    }

    /// <summary>Takes all rules away.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules = [];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _client.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using ProxyConnection connection = new(socket);
        try
        {
            bool goesOn = true;
            while (goesOn && await connection.ReadAsync(_end.Token) is { } request)
            {
                int status = 0;
                ProxiedReply reply = await Chain(request, async passed =>
                {
                    ProxiedReply said = await AskAsync(passed);
                    status = said.Status;
                    return said;
                })(request);
                _exchanges.Enqueue(new ProxiedExchange(request.Operation, request.Key, request.Body.Length, status, reply.Status));
                goesOn = await connection.WriteAsync(request, reply, _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client had enough, or the test has.
        }
    }

    private Func<ProxiedRequest, Task<ProxiedReply>> Chain(ProxiedRequest request, Func<ProxiedRequest, Task<ProxiedReply>> last)
    {
        List<ProxyRule> taking;
        lock (_lock)
        {
            taking = [.. _rules.Where(rule => rule.Takes(request, _random))];
        }

        Func<ProxiedRequest, Task<ProxiedReply>> next = last;
        for (int i = taking.Count - 1; i >= 0; i--)
        {
            ProxyRule rule = taking[i];
            Func<ProxiedRequest, Task<ProxiedReply>> after = next;
            next = passed => rule.Fault(passed, after, _end.Token);
        }

        return next;
    }

    private async Task<ProxiedReply> AskAsync(ProxiedRequest request)
    {
        // As it was sent: whoever changes a letter of it changes what the signature is about.
        Uri target = new(_server.GetLeftPart(UriPartial.Authority) + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage message = new(new HttpMethod(request.Method), target);
        message.Headers.Host = request.Header("Host");
        if (request.Body.Length > 0 || request.Method is "PUT" or "POST")
        {
            message.Content = new ByteArrayContent(request.Body);
        }

        foreach ((string name, string value) in request.Headers.Where(header => !OwnHeaders.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                (message.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseContentRead, _end.Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync(_end.Token);
        List<KeyValuePair<string, string>> headers =
        [
            .. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .Where(header => !OwnHeaders.Contains(header.Key))
                .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())),
        ];
        return new ProxiedReply((int)response.StatusCode, headers, body)
        {
            Length = request.Method == "HEAD" ? response.Content.Headers.ContentLength ?? 0 : body.Length,
        };
    }
}
