using System.CommandLine;
using System.Text;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Pruning;
using Dedup.Retention;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup forget</c>: removes snapshots, those named or those that no rule keeps.</summary>
internal sealed class ForgetCommand : RepositoryCommand
{
    /// <summary>What the record of a forgotten snapshot says when no rule was involved.</summary>
    private const string ByIdRule = "by id";

    /// <summary>As <see cref="Repository.ForgetAsync"/> takes at most, in bytes of UTF-8.</summary>
    private const int MaxRuleLength = 4096;

    private readonly Argument<string[]> _snapshots = new("SNAP") { Description = "Snapshots to forget: 'latest', ids, or the beginnings of them; a damaged or missing one by its whole id", Arity = ArgumentArity.ZeroOrMore };
    private readonly RetentionOptions _retention = new();
    private readonly SnapshotFilterOptions _filter = new();
    private readonly Option<bool> _removeAll = new("--unsafe-allow-remove-all") { Description = "Go on when the rules keep nothing of a group" };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Say what would be done and do nothing" };
    private readonly Option<bool> _compact = new("--compact", "-c") { Description = "One line a snapshot, without paths" };
    private readonly Option<bool> _prune = new("--prune") { Description = "Then prune, with the options of 'dedup prune' that follow" };
    private readonly PruneSettings _pruning = new();

    public ForgetCommand()
        : base(
            "forget",
            "Remove snapshots: those named, or those that none of the rules keeps. Their data goes with the next prune.",
            "dedup forget --keep 30d-12m --dry-run",
            "dedup forget --keep-daily 7 --keep-weekly 4 --keep-tag important --prune",
            "dedup forget --host web1 --keep-within 1y",
            "dedup forget 1a2b3c4d")
    {
        Arguments.Add(_snapshots);
        _retention.AddTo(this);
        _filter.AddTo(this, hasShortHost: false);
        foreach (Option option in new Option[] { _removeAll, _dryRun, _compact, _prune })
        {
            Options.Add(option);
        }

        _pruning.AddTo(this);
    }

    protected override void Validate(CommandContext context)
    {
        ParseResult arguments = context.Arguments;
        RetentionPolicy policy = _retention.ReadPolicy(arguments);
        _retention.ReadGrouping(arguments);
        bool isNamed = Names(arguments).Length > 0;
        if (isNamed == !policy.IsEmpty)
        {
            throw CliException.Usage(isNamed
                ? "snapshots and rules exclude each other: name the snapshots to forget, or say which to keep"
                : "nothing says what to forget: name snapshots, or say which to keep, such as --keep 30d-12m or --keep-last 10");
        }

        if (!arguments.GetValue(_prune) && _pruning.FirstGiven(arguments) is { } option)
        {
            throw CliException.Usage($"{option} says how to prune: give --prune too, or leave it out");
        }

        if (Encoding.UTF8.GetByteCount(policy.ToString()) > MaxRuleLength)
        {
            throw CliException.Usage($"the rules are longer than the {MaxRuleLength} bytes that fit into the record of a forgotten snapshot: name fewer tags");
        }
    }

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        bool isDryRun = arguments.GetValue(_dryRun);
        RetentionPolicy policy = _retention.ReadPolicy(arguments);
        IReadOnlyList<ForgetGroup> groups = policy.IsEmpty
            ? [await ForgetPlanner.ByNamesAsync(repository, Names(arguments), _filter.Read(arguments), cancellationToken)]
            : await ForgetPlanner.ByRulesAsync(
                repository, policy, _retention.ReadGrouping(arguments), _filter.Read(arguments), arguments.GetValue(_removeAll), cancellationToken);
        if (context.IsChatty)
        {
            ForgetReport.Write(context.Results, groups, arguments.GetValue(_compact));
        }

        SnapshotId[] ids = [.. groups.SelectMany(group => group.ToForget)];
        if (!isDryRun)
        {
            await ForgetAsync(repository, ids, policy.IsEmpty ? ByIdRule : policy.ToString(), context, cancellationToken);
        }

        bool isPruned = arguments.GetValue(_prune);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. groups.Select(ForgetGroupDocument.From)], CliJsonContext.Default.ForgetGroupDocumentArray);
        }
        else if (context.IsChatty)
        {
            ForgetReport.WriteEnd(context.Results, ids.Length, isDryRun, isPruned);
        }

        PruneOptions pruning = _pruning.Read(arguments, isDryRun);
        return isPruned
            ? await PruneCommand.PruneAsync(repository, isDryRun ? pruning with { AssumeForgotten = ids } : pruning, context, cancellationToken)
            : ExitCodes.Done;
    }

    private static async Task ForgetAsync(
        Repository repository, IEnumerable<SnapshotId> snapshots, string rule, CommandContext context, CancellationToken cancellationToken)
    {
        foreach (SnapshotId snapshot in snapshots)
        {
            try
            {
                await repository.ForgetAsync(snapshot, rule, cancellationToken);
            }
            catch (SnapshotNotFoundException)
            {
                // It was there a moment ago: what was wanted is done, and the record names who did it.
                context.Errors.WriteLog("note", $"snapshot {snapshot.ToShortString()} was forgotten by somebody else meanwhile");
            }
        }
    }

    private string[] Names(ParseResult arguments) => arguments.GetValue(_snapshots) is not { } names ? []
        : names.Contains("") ? throw CliException.Usage("one of the snapshots is empty: name snapshots by their ids")
        : names;
}
