using System.Net;
using Dedup.Backup;
using Dedup.Browsing;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Dedup.WebDav;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dedup.Cli.Tests.Serving;

/// <summary>The reference tree and a few more files, backed up and served on a real socket; tests that share it only read.</summary>
public sealed class ServedTree : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private Repository _repository = null!;
    private SnapshotView _view = null!;
    private SnapshotServer _server = null!;

    /// <summary>How many files lie together in one of the folders.</summary>
    internal int Files { get; init; } = 300;

    /// <summary>What was backed up.</summary>
    internal string Source => _scratch["source"];

    /// <summary>The address of the view's root.</summary>
    internal string Root => _server.Address.ToString();

    /// <summary>The address of what was backed up.</summary>
    internal string Tree => Root + "snapshots/latest" + Source + "/";

    /// <summary>How many more reads the store does before it fails.</summary>
    internal int ReadsLeft { get; set; } = int.MaxValue;

    internal SnapshotId Snapshot { get; private set; }

    internal HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async Task InitializeAsync()
    {
        ReferenceTree.Make(_scratch.Make("source"), Files);
        File.WriteAllText(_scratch["source/<script>alert(1)<\\script>.html"], "<script>alert(document.domain)</script>");
        File.WriteAllText(_scratch["source/plain.txt"], "0123456789");
        Directory.CreateDirectory(_scratch["source/noncharacter\uffff"]);
        _repository = await TestRepository.CreateByPasswordAsync(
            new HookedStore(new MemoryStore(), (operation, name) => operation == StoreOperation.Read && ReadsLeft-- <= 0
                ? throw new StoreException($"{name}: the disk is gone")
                : Task.CompletedTask),
            _scratch["cache"]);
        BackupResult result = await _repository.BackupAsync(
            new FileSystemSource([Source]), new BackupOptions { Host = "web1", Tags = ["t"] }, null, CancellationToken.None);
        Assert.DoesNotContain(result.Problems, static problem => problem.Severity == ProblemSeverity.Error);
        Snapshot = result.Snapshot.Id;
        _view = await _repository.OpenViewAsync(SnapshotFilter.All, CancellationToken.None);
        _server = await SnapshotServer.StartAsync(_view, new IPEndPoint(IPAddress.Loopback, 0), NullLoggerFactory.Instance, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _view.Dispose();
        await _repository.DisposeAsync();
        _scratch.Dispose();
    }

    /// <summary>Sends a request whose address nothing makes prettier on the way.</summary>
    internal async Task<HttpResponseMessage> SendAsync(string method, string address, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request);
    }
}
