using System.Runtime.InteropServices;
using Dedup.Cli.Json;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup version</c>: which program this is.</summary>
internal sealed class VersionCommand() : CliCommand("version", "Show the version of the program.", "dedup version")
{
    protected override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!context.IsJson)
        {
            return Task.FromResult(VersionText.Print());
        }

        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        JsonOutput.WriteLine(
            context.Results, new VersionMessage(VersionText.Version, Environment.Version.ToString(), "linux", architecture), CliJsonContext.Default.VersionMessage);
        return Task.FromResult(ExitCodes.Done);
    }
}
