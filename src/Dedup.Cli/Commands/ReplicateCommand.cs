using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Replication;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup replicate</c>: mirrors a repository, object by object, without its password.</summary>
internal sealed class ReplicateCommand : CliCommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    private readonly Option<string> _to = new("--to") { Description = "Where the replica lies, or is to be made: an empty or missing folder", HelpName = "STORE", Required = true };
    private readonly Option<bool> _verify = new("--verify") { Description = "Also read what is in the replica already, and compare it" };
    private readonly Option<bool> _watch = new("--watch") { Description = "Go on until interrupted, and look again and again" };
    private readonly Option<TimeSpan?> _interval = ParsedOption.Create<TimeSpan>(
        ["--interval"], "DURATION", "With --watch: how long to wait before looking again [default: 60s]", DurationText.TryParse, $"write a duration such as 90s, 15m, 24h or 2d, {DurationText.MaxDays}d at most");

    private readonly Option<bool> _pruneTarget = new("--prune-target") { Description = "Delete from the replica what the repository no longer has; without it nothing is ever deleted there" };
    private readonly Option<bool> _allowLargeDeletion = new("--allow-large-deletion") { Description = "With --prune-target: go on when more than half of the replica would go" };
    private readonly Option<bool> _skipDamaged = new("--skip-damaged") { Description = "Publish new snapshots although packs that they may need are damaged in the repository" };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Say what would be done and do nothing" };

    public ReplicateCommand()
        : base(
            "replicate",
            "Mirror the repository into another store as it is, without its password. Deletes nothing there.",
            "dedup replicate --to /mnt/offsite/backup",
            "dedup replicate --to /mnt/offsite/backup --verify",
            "dedup replicate --to /mnt/offsite/backup --watch --interval 5m")
    {
        foreach (Option option in (Option[])[_to, _verify, _watch, _interval, _pruneTarget, _allowLargeDeletion, _skipDamaged, _dryRun])
        {
            Options.Add(option);
        }
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string from = RepositoryAccess.Location(context.Settings);
        string to = RepositoryAccess.Resolve(context.Arguments.GetValue(_to)!, "--to");
        Validate(context, from, to);
        ReplicationRecorder recorder = new(context, to);
        if (!context.Arguments.GetValue(_watch))
        {
            await using ReplicationRun run = new(context, from, to, Read(context), new ReplicaLag(), recorder, recordsAll: true, mayCreate: true);
            return await run.RunAsync(cancellationToken) ? ExitCodes.Done : ExitCodes.Failed;
        }

        await WatchAsync(context, from, to, recorder, cancellationToken);
        return ExitCodes.Done;
    }

    /// <summary>Replicates again and again. What fails is told and tried again, but for what is wrong from the beginning.</summary>
    private async Task WatchAsync(CommandContext context, string from, string to, ReplicationRecorder recorder, CancellationToken cancellationToken)
    {
        TimeSpan interval = context.Arguments.GetValue(_interval) ?? DefaultInterval;
        bool hasSucceeded = false;
        ReplicaLag lag = new();
        ReplicationRun run = new(context, from, to, Read(context), lag, recorder, recordsAll: false, mayCreate: true);
        try
        {
            while (true)
            {
                try
                {
                    await run.RunAsync(cancellationToken);
                    hasSucceeded = true;
                }
                catch (DedupException exception) when (hasSucceeded || exception is StoreException)
                {
                    // With new stores: a folder that was unmounted and is back is another one.
                    context.Errors.WriteLog("warning", $"{exception.Message}; {lag.Description}; trying again in {DurationText.Format(interval)}");
                    await run.DisposeAsync();
                    run = new ReplicationRun(context, from, to, Read(context), lag, recorder, recordsAll: false, mayCreate: !hasSucceeded);
                }

                await Task.Delay(interval, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to end: whatever was copied is whole, and nothing is left open.
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    private void Validate(CommandContext context, string from, string to)
    {
        if (from == to)
        {
            throw CliException.Usage($"--to {to}: is the repository itself; name another place");
        }

        if (context.Arguments.GetValue(_interval) is not null && !context.Arguments.GetValue(_watch))
        {
            throw CliException.Usage("--interval is for --watch: give both or none");
        }

        if (context.Arguments.GetValue(_dryRun) && context.Arguments.GetValue(_watch))
        {
            throw CliException.Usage("--watch and --dry-run exclude each other: give one of them");
        }
    }

    private ReplicationOptions Read(CommandContext context)
    {
        ReplicationOptions options = new();
        return options with
        {
            Verify = context.Arguments.GetValue(_verify),
            PruneTarget = context.Arguments.GetValue(_pruneTarget),
            AllowLargeDeletion = context.Arguments.GetValue(_allowLargeDeletion),
            SkipDamaged = context.Arguments.GetValue(_skipDamaged),
            IsDryRun = context.Arguments.GetValue(_dryRun),
            Concurrency = context.Settings.Jobs ?? options.Concurrency,
        };
    }
}
