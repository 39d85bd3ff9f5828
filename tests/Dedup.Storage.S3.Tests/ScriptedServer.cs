using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dedup.Storage.S3.Tests;

/// <summary>A server on this machine that answers each request with what a test wrote for it, byte by byte, and keeps what was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answer">Gives the whole reply to a request's head; <see langword="null"/> to say nothing, ever.</param>
    public ScriptedServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>The heads of all requests so far.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>A reply with an error of S3.</summary>
    public static string Refusal(int status, string code, string message = "", string headers = "")
    {
        string body = code.Length == 0 ? "" : $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>";
        return $"HTTP/1.1 {status} Refused\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n{body}";
    }

    /// <summary>A store at this server.</summary>
    public S3Store Open(Func<S3StoreOptions, S3StoreOptions>? change = null)
    {
        S3StoreOptions options = new()
        {
            Location = new S3Location(Endpoint, "bucket", "prefix"),
            Credentials = new S3Credentials("KEYID", "theSecretKey", "theSessionToken"),
            InactivityTimeout = TimeSpan.FromMinutes(5),
        };
        return new S3Store(change is null ? options : change(options));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        await using NetworkStream stream = new(socket, ownsSocket: true);
        try
        {
            string head = await ReadHeadAsync(stream);
            lock (Requests)
            {
                Requests.Add(head);
            }

            if (_answer(head) is not { } reply)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), _end.Token);
            // What is left unread would end the connection with a reset, which can overtake the reply.
            socket.Shutdown(SocketShutdown.Send);
            byte[] rest = new byte[4096];
            while (await stream.ReadAsync(rest, _end.Token) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The other side had enough, or the test has.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] next = new byte[1];
        while (!(head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n']) && await stream.ReadAsync(next, _end.Token) > 0)
        {
            head.Add(next[0]);
        }

        return Encoding.ASCII.GetString([.. head]);
    }
}
