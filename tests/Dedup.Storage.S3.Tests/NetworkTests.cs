using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>What goes wrong on the way to a server.</summary>
public sealed class NetworkTests
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    [Fact]
    public async Task Where_nothing_listens_it_is_said()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        StoreException failure = await FailAsync($"http://127.0.0.1:{port}");
        Assert.Contains("nothing listens", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_named()
    {
        StoreException failure = await FailAsync("https://no-such-host.invalid");
        Assert.Contains("no-such-host.invalid", failure.Message, StringComparison.Ordinal);
        Assert.Contains("network", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_and_may_answer_later()
    {
        await using ScriptedServer server = new(_ => null);
        await using S3Store store = server.Open(options => options with { InactivityTimeout = TimeSpan.FromMilliseconds(300) });
        StoreException failure = await FailAsync(store);
        Assert.Contains("does not answer", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_body_that_stands_still_is_given_up()
    {
        TaskCompletionSource isOver = new();
        using TcpListener mute = new(IPAddress.Loopback, 0);
        mute.Start();
        Task serving = ServeAsync(mute, "HTTP/1.1 206 Partial Content\r\nContent-Length: 10\r\nContent-Range: bytes 0-9/100\r\n\r\nxxx", isOver.Task);
        await using S3Store store = new(new S3StoreOptions
        {
            Location = new S3Location(new Uri($"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}"), "bucket"),
            Credentials = new S3Credentials("KEYID", "secret"),
            InactivityTimeout = TimeSpan.FromMilliseconds(300),
        });
        StoreException failure = await FailAsync(store);
        Assert.True(failure.IsTransient);
        isOver.SetResult();
        await serving;
    }

    [Fact]
    public async Task A_caller_that_has_enough_gets_its_cancellation()
    {
        using CancellationTokenSource enough = new();
        await using ScriptedServer server = new(_ =>
        {
            enough.Cancel();
            return null;
        });
        await using S3Store store = server.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.ReadAsync(Pack, 0, new byte[1], enough.Token));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = GreetAsync(listener, certificate);
        StoreException failure = await FailAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsTransient);
        await serving;
    }

    [Fact]
    public async Task Https_to_a_server_without_it_is_explained()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", Task.CompletedTask);
        StoreException failure = await FailAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await serving;
        Assert.False(failure.IsTransient, failure.Message);
        Assert.Contains("https", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://192.0.2.1", false, false)]
    [InlineData("http://localhost", false, true)]
    [InlineData("http://127.0.0.1:9", false, true)]
    [InlineData("http://[::1]", false, true)]
    [InlineData("http://192.0.2.1", true, true)]
    [InlineData("https://192.0.2.1", false, true)]
    public void Plain_http_goes_to_this_machine_only_unless_it_is_allowed(string endpoint, bool isAllowed, bool isTaken)
    {
        S3StoreOptions options = new() { Location = new S3Location(new Uri(endpoint), "bucket"), AllowInsecureTransport = isAllowed };
        Exception? failure = Record.Exception(() => new S3Store(options));
        Assert.Equal(isTaken, failure is null);
        Assert.True(isTaken || failure is StoreException { IsTransient: false });
    }

    private static async Task ServeAsync(TcpListener listener, string reply, Task isOver)
    {
        using Socket socket = await listener.AcceptSocketAsync();
        await socket.ReceiveAsync(new byte[4096]);
        await socket.SendAsync(Encoding.ASCII.GetBytes(reply));
        await isOver;
    }

    private static async Task GreetAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using Socket socket = await listener.AcceptSocketAsync();
        await using SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            // What a client does that does not trust the certificate.
        }
    }

    private static async Task<StoreException> FailAsync(string endpoint)
    {
        await using S3Store store = new(new S3StoreOptions
        {
            Location = new S3Location(new Uri(endpoint), "bucket"),
            Credentials = new S3Credentials("KEYID", "secret"),
        });
        return await FailAsync(store);
    }

    private static async Task<StoreException> FailAsync(S3Store store)
    {
        StoreException failure = await Assert.ThrowsAsync<StoreException>(async () => await store.ReadAsync(Pack, 0, new byte[10], CancellationToken.None));
        Assert.DoesNotContain('\n', failure.Message);
        return failure;
    }
}
