using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Dedup.Storage.S3.Tests.Proxy;

/// <summary>One connection of a client, by HTTP/1.1 as far as clients of S3 speak it.</summary>
internal sealed class ProxyConnection(Socket socket) : IAsyncDisposable
{
    private readonly BufferedStream _stream = new(new NetworkStream(socket, ownsSocket: true), 1 << 16);

    /// <summary>Reads the next request.</summary>
    /// <returns><see langword="null"/> when the client sends no more.</returns>
    public async Task<ProxiedRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) is not { Length: > 0 } first)
        {
            return null;
        }

        List<KeyValuePair<string, string>> headers = [];
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            string[] pair = line.Split(':', 2);
            headers.Add(KeyValuePair.Create(pair[0], pair[1].Trim()));
        }

        string[] words = first.Split(' ');
        ProxiedRequest request = new(words[0], words[1], headers, []);
        if (request.Header("Transfer-Encoding") is { } encoding)
        {
            throw new NotSupportedException($"a body sent in another way than whole: {encoding}");
        }

        if (request.Header("Expect") is not null)
        {
            await WriteAsync("HTTP/1.1 100 Continue\r\n\r\n", cancellationToken);
        }

        byte[] body = new byte[int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body, cancellationToken);
        return request with { Body = body };
    }

    /// <summary>Sends a reply, or the beginning of it.</summary>
    /// <returns>Whether the connection goes on.</returns>
    public async Task<bool> WriteAsync(ProxiedRequest request, ProxiedReply reply, CancellationToken cancellationToken)
    {
        if (reply.Status == 0)
        {
            // Without a single byte some clients send the request once more by themselves, and nobody would learn of the fault.
            await WriteAsync("HTTP/1.1 ", cancellationToken);
            return false;
        }

        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} Status\r\n");
        foreach ((string name, string value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (reply.Status is not (204 or 304))
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Length}\r\n");
        }

        await WriteAsync(head.Append("\r\n").ToString(), cancellationToken);
        if (request.Method != "HEAD")
        {
            await _stream.WriteAsync(reply.Body, cancellationToken);
            await _stream.FlushAsync(cancellationToken);
        }

        return request.Method == "HEAD" || reply.Body.Length == reply.Length;
    }

    /// <summary>Ends the connection; what was sent still arrives.</summary>
    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        List<byte> line = [];
        byte[] next = new byte[1];
        while (await _stream.ReadAsync(next, cancellationToken) == 1)
        {
            if (next[0] == (byte)'\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(next[0]);
        }

        return null;
    }
}
