using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Dedup.Browsing;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Reading;
using Dedup.WebDav;
using Microsoft.Extensions.Logging;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup serve</c>: shows the snapshots to file managers and browsers.</summary>
internal sealed class ServeCommand : RepositoryCommand
{
    private const int DefaultPort = 8090;

    private readonly Option<bool> _webDav = new("--webdav") { Description = "Serve WebDAV, which browsers can read too; there is nothing else to choose" };
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = $"Where to listen, on this machine only; port 0 is any that is free [default: 127.0.0.1:{DefaultPort}]",
        HelpName = "ADDRESS:PORT",
    };

    private readonly SnapshotFilterOptions _filter = new();

    public ServeCommand()
        : base(
            "serve",
            "Show all snapshots, read-only, to file managers and browsers of this machine until interrupted.",
            "dedup serve --webdav",
            "dedup serve --host web1 --listen 127.0.0.1:0",
            "rclone copy --webdav-url http://127.0.0.1:8090/TOKEN/ :webdav:hosts/web1/latest/etc /tmp/etc")
    {
        Options.Add(_webDav);
        Options.Add(_listen);
        _filter.AddTo(this);
    }

    protected override void Validate(CommandContext context) => ReadEndPoint(context);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        using SnapshotView view = await repository.OpenViewAsync(_filter.Read(context.Arguments), cancellationToken);
        using StandardErrorLoggerFactory loggers = new(context.Errors, context.Invocation.Verbosity);
        await using SnapshotServer server = await StartAsync(view, ReadEndPoint(context), loggers, cancellationToken);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, new ServingMessage(server.Address.ToString()), CliJsonContext.Default.ServingMessage);
        }
        else
        {
            context.Results.WriteLine($"serving the snapshots of {TerminalText.Escape(repository.Location)} at {server.Address}");
            context.Results.Flush();
        }

        // A signal is how it is meant to end.
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Done;
    }

    private static async Task<SnapshotServer> StartAsync(SnapshotView view, IPEndPoint endPoint, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return await SnapshotServer.StartAsync(view, endPoint, loggers, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CliException.Failure($"cannot listen at {endPoint}: {(exception.GetBaseException()).Message}; choose another port with --listen", exception);
        }
    }

    private IPEndPoint ReadEndPoint(CommandContext context)
    {
        string given = context.Arguments.GetValue(_listen) ?? $"{IPAddress.Loopback}:{DefaultPort}";
        return LoopbackEndPoint.TryParse(given, out IPEndPoint? endPoint, out bool isForOthers) ? endPoint
            : throw CliException.Usage(isForOthers
                ? $"--listen {given}: others could read the backups there; listen at 127.0.0.1 and come from another machine by 'ssh -L {DefaultPort}:127.0.0.1:{DefaultPort} HOST'"
                : $"--listen {given}: write an address and a port, such as 127.0.0.1:{DefaultPort}");
    }
}
