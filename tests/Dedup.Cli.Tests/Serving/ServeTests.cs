using System.Diagnostics;
using System.Text.Json;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Serving;

/// <summary><c>dedup serve</c> with a WebDAV client that is not ours.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void What_rclone_copies_is_what_a_restore_restores()
    {
        Directory.CreateDirectory(_dedup.Files["source"]);
        ReferenceTree.Make(_dedup.Files["source"]);
        _dedup.MakeRepository();
        _dedup.Run("backup", "source", "-q");
        _dedup.Run("restore", $"latest:{_dedup.Files["source"]}", "--target", "restored");
        using (Process server = _dedup.StartBy(["env", "--default-signal"], "serve", "--webdav", "--listen", "127.0.0.1:0"))
        {
            string line = server.StandardOutput.ReadLine()!;
            Assert.Matches(@"^serving the snapshots of \S+ at http://127\.0\.0\.1:\d+/[0-9a-f]{32}/$", line);
            string address = line[line.LastIndexOf(' ')..].Trim();
            ExternalTool.Require(
                _dedup.Files.Path, "rclone", "--config", "/dev/null", "--webdav-url", address, "copy", "--create-empty-src-dirs",
                ":webdav:snapshots/latest" + _dedup.Files["source"], _dedup.Files["copied"]);
            ExternalTool.Require("/", "kill", "-INT", $"{server.Id}");
            ProgramResult end = DedupProgram.Finish(server);
            Assert.Equal((0, ""), (end.ExitCode, end.Error));
        }

        Assert.Equal(List("restored"), List("copied"));
        Assert.Equal(Digests("restored"), Digests("copied"));
    }

    [Fact]
    public void Json_tells_the_address()
    {
        _dedup.MakeRepository();
        using Process server = _dedup.StartBy(["env"], "serve", "--listen", "localhost:0", "--json");
        JsonElement message = JsonDocument.Parse(server.StandardOutput.ReadLine()!).RootElement;
        Assert.Equal("serving", message.GetProperty("message_type").GetString());
        Assert.StartsWith("http://127.0.0.1:", message.GetProperty("url").GetString());
        ExternalTool.Require("/", "kill", "-TERM", $"{server.Id}");
        Assert.Equal(0, DedupProgram.Finish(server).ExitCode);
    }

    [Theory]
    [InlineData("0.0.0.0:8090", "ssh -L")]
    [InlineData("10.1.2.3:8090", "ssh -L")]
    [InlineData("[::]:8090", "ssh -L")]
    [InlineData("8090", "127.0.0.1:8090")]
    [InlineData("127.0.0.1:99999", "127.0.0.1:8090")]
    [InlineData("", "127.0.0.1:8090")]
    public void Others_than_this_machine_are_not_served(string listen, string advice) =>
        _dedup.Run("serve", "--listen", listen).FailsInOneLine(2, "--listen", advice);

    [Fact]
    public void A_port_in_use_is_told_in_one_line()
    {
        _dedup.MakeRepository();
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        _dedup.Run("serve", "--listen", $"{taken.LocalEndpoint}").FailsInOneLine(1, $"cannot listen at {taken.LocalEndpoint}", "in use", "--listen");
    }

    /// <summary>Files and folders, sizes, and times of files to the second, which is what WebDAV carries.</summary>
    private string[] List(string folder) =>
    [
        .. ExternalTool.Require(_dedup.Files[folder], "find", ".", "-mindepth", "1", "-type", "f", "-printf", @"%s %Ts %P\0", "-o", "-type", "d", "-printf", @"d %P\0")
            .Split('\0').Order(StringComparer.Ordinal),
    ];

    private string[] Digests(string folder) =>
    [
        .. ExternalTool.Require(_dedup.Files[folder], "find", ".", "-type", "f", "-exec", "sha256sum", "-z", "{}", "+").Split('\0').Order(StringComparer.Ordinal),
    ];
}
