using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Pruning;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup prune</c>: removes what no snapshot needs.</summary>
internal sealed class PruneCommand : RepositoryCommand
{
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Say what would be done and do nothing" };
    private readonly PruneSettings _settings = new();

    public PruneCommand()
        : base(
            "prune",
            "Remove the data that no snapshot needs, beside backups that go on meanwhile.",
            "dedup prune --dry-run",
            "dedup prune --max-unused 10% --wait 1h")
    {
        Options.Add(_dryRun);
        _settings.AddTo(this);
    }

    /// <summary>Prunes, shows how far it has come, and says what it did.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> PruneAsync(Repository repository, PruneOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        PruneReport report;
        TimeSpan duration;
        using (PruneProgressView progress = new(context))
        {
            report = await repository.PruneAsync(options, progress, cancellationToken);
            duration = progress.Elapsed;
        }

        PruneSummary.Write(context, report, duration);
        return ExitCodes.Done;
    }

    protected override Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken) =>
        PruneAsync(repository, _settings.Read(context.Arguments, context.Arguments.GetValue(_dryRun)), context, cancellationToken);
}
