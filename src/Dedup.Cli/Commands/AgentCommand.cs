using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Policy.Describing;
using Dedup.Policy.Documents;
using Dedup.Policy.Reading;
using Dedup.Policy.Running;
using Dedup.WebDav;
using Microsoft.Extensions.Logging;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup agent</c>: stays, and does what a policy says when it says.</summary>
internal sealed class AgentCommand : CliCommand
{
    private readonly LocalPathArgument<string?> _file = PolicyFileArgument.Create();
    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "Tell monitoring how all stands here, on this machine only: /health and /metrics; port 0 is any that is free [default: what the policy says]",
        HelpName = "ADDRESS:PORT",
    };

    public AgentCommand()
        : base(
            "agent",
            "Stay, and do what a policy says when it says. SIGTERM ends it in order: what was cut off is gone on with at the next start.",
            "dedup agent /etc/dedup/dedup.yaml",
            "dedup agent --listen 127.0.0.1:9480 /etc/dedup/dedup.yaml")
    {
        Arguments.Add(_file);
        Options.Add(_listen);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IPEndPoint? given = ReadEndPoint(context);
        BackupPolicy policy = PolicyFileArgument.Require(context, PolicyFileArgument.PathOf(context.Arguments.GetValue(_file)));
        StateFolder states = StateFolder.Of(policy);
        using HttpClient client = new();
        PolicyRunner runner = new(policy, states, PolicyServices.Of(context, policy, client, step => RunCommand.Write(context, step)));
        try
        {
            await using IAsyncDisposable? server = (given ?? policy.Listen) is { } endPoint ? await ServeAsync(context, policy, states, endPoint, cancellationToken) : null;
            await new PolicyAgent(runner, TimeProvider.System).RunAsync(report => RunCommand.WriteMissed(context, report), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A signal is how it is meant to end.
        }

        return ExitCodes.Done;
    }

    // Apart, so that an agent that serves nothing does not load the server.
    private static async Task<IAsyncDisposable> ServeAsync(CommandContext context, BackupPolicy policy, StateFolder states, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using StandardErrorLoggerFactory loggers = new(context.Errors, context.Invocation.Verbosity);
        StatusServer server = await StartAsync(Read, endPoint, loggers, cancellationToken);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, new ServingMessage(server.Address), CliJsonContext.Default.ServingMessage);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine($"telling how all stands at {server.Address}/health and {server.Address}/metrics");
            context.Results.Flush();
        }

        return server;

        PolicyStatus Read() => PolicyStatus.Read(policy, states, TimeProvider.System.GetUtcNow());
    }

    private static async Task<StatusServer> StartAsync(Func<PolicyStatus> read, IPEndPoint endPoint, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return await StatusServer.StartAsync(
                () =>
                {
                    PolicyStatus status = read();
                    return (status.IsWell, JsonSerializer.SerializeToUtf8Bytes(StatusDocument.From(status), CliJsonContext.Default.StatusDocument));
                },
                () => PrometheusText.Write(read()),
                endPoint,
                loggers,
                cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw CliException.Failure($"cannot listen at {endPoint}: {exception.GetBaseException().Message}; choose another port with --listen, or 'listen:' in the policy", exception);
        }
    }

    private IPEndPoint? ReadEndPoint(CommandContext context)
    {
        string? given = context.Arguments.GetValue(_listen);
        return given is null ? null
            : LoopbackEndPoint.TryParse(given, out IPEndPoint? endPoint, out bool isForOthers) ? endPoint
            : throw CliException.Usage(isForOthers
                ? $"--listen {given}: other machines could ask there; listen at 127.0.0.1, and let a proxy or a tunnel ask for them"
                : $"--listen {given}: write an address and a port, such as 127.0.0.1:9480");
    }
}
