using System.CommandLine;
using System.Security.Cryptography;
using Dedup.Cli.Output;
using Dedup.Policy.Documents;
using Dedup.Policy.Drills;
using Dedup.Storage;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup drill</c>: proves that a snapshot can be restored, and measures how long that takes.</summary>
internal sealed class DrillCommand : CliCommand
{
    private const string Newest = "latest";

    private readonly Argument<string?> _snapshot = new("SNAP") { Description = "A snapshot: 'latest', its id, or the beginning of it [default: latest]", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<DrillSample?> _sample = new("--sample") { Description = "Restore only files drawn at random that hold so much: 5%, 10G [default: everything]", HelpName = "N%|SIZE", CustomParser = ParseSample };
    private readonly Option<long?> _seed = new("--seed") { Description = "Draw the sample that this number gives [default: another one each time, which is told]", HelpName = "NUMBER" };
    private readonly Option<string[]> _checks = new("--check") { Description = "Run this with /bin/sh on what was restored: $1 is the folder, exit code 0 is good; may be repeated", HelpName = "COMMAND" };
    private readonly Option<TimeSpan?> _checkLimit = ParsedOption.Create<TimeSpan>(
        ["--check-limit"], "DURATION", "How long each --check may run [default: 10m]", DurationText.TryParse, $"write a duration such as 90s, 15m, 24h or 2d, {DurationText.MaxDays}d at most");

    private readonly Option<string[]> _queries = new("--query") { Description = "Ask the restored PostgreSQL this; it must succeed and not answer false; may be repeated", HelpName = "SQL" };
    private readonly Option<string?> _from = new("--from") { Description = "Restore from this copy of the repository, such as a replica", HelpName = "REPO" };
    private readonly Option<string?> _keySlot = new("--key-slot") { Description = "The key that must have opened it, as in an emergency: its label, or the beginning of its id", HelpName = "KEY" };
    private readonly Option<string?> _scratch = new("--scratch") { Description = "Restore into a new folder in this one, removed in the end [default: the system's folder of temporary files]", HelpName = "DIR" };
    private readonly Option<TimeSpan?> _objective = ParsedOption.Create<TimeSpan>(
        ["--objective"], "DURATION", "Fail when a recovery would take longer", DurationText.TryParse, $"write a duration such as 90s, 15m, 24h or 2d, {DurationText.MaxDays}d at most");

    private readonly SnapshotFilterOptions _filter = new();

    public DrillCommand()
        : base(
            "drill",
            "Restore a snapshot, or a sample of it, into a private folder, compare every byte with the snapshot, check it as what it is (database, Git repository), measure the time, and remove it.",
            "dedup drill",
            "dedup drill latest --tag kind:postgresql --query 'select count(*) > 0 from orders' --objective 4h",
            "dedup drill --sample 5% --seed 42 --check 'test -s \"$1/etc/passwd\"'",
            "dedup drill --from /mnt/offsite/backup --key-file /media/stick/vault.key --key-slot vault")
    {
        Arguments.Add(_snapshot);
        foreach (Option option in (Option[])[_sample, _seed, _checks, _checkLimit, _queries, _from, _keySlot, _scratch, _objective])
        {
            Options.Add(option);
        }

        _filter.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string location = context.Arguments.GetValue(_from) is { } from ? RepositoryAccess.Resolve(from, "--from") : RepositoryAccess.Location(context.Settings);
        DrillOptions options = ReadOptions(context, location);
        await using IObjectStore store = await RepositoryAccess.OpenStoreAsync(context, location, cancellationToken);

        // Typing a password is no part of the time that a recovery takes.
        Credentials credentials = new PasswordSource(context.Settings, context.Invocation).Read(store.Location);
        DrillResult result = await new DrillRunner(TimeProvider.System).RunAsync(
            (cache, cancellation) => RepositoryAccess.OpenAsync(context, store, credentials, cache, cancellation), options, null, cancellationToken);
        DrillReport.Write(context, result);
        await RecordAsync(context, store, credentials, result, cancellationToken);
        return result.Succeeded ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>Puts the drill on record, unless the repository could not be opened for it.</summary>
    private static async Task RecordAsync(CommandContext context, IObjectStore store, Credentials credentials, DrillResult result, CancellationToken cancellationToken)
    {
        if (result.KeySlot is null)
        {
            return;
        }

        string cache = context.Settings.CacheDirectory ?? RepositoryOptions.DefaultCacheDirectory;
        await using Repository repository = await RepositoryAccess.OpenAsync(context, store, credentials, cache, cancellationToken);
        await repository.AppendEvidenceAsync(DrillRecord.Of(result, SubjectOf(result)), cancellationToken);
    }

    /// <summary>What was restored: the source of a policy, or the snapshot's paths.</summary>
    private static string SubjectOf(DrillResult result) =>
        result.Snapshot?.Tags.FirstOrDefault(static tag => tag.StartsWith(SourcePolicy.TagPrefix, StringComparison.Ordinal))?[SourcePolicy.TagPrefix.Length..]
        ?? string.Join(' ', result.Snapshot?.Paths ?? []);

    private static DrillSample? ParseSample(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (text.EndsWith('%')
            && double.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out double percent)
            && percent is > 0 and <= 100)
        {
            return DrillSample.OfShare(percent / 100);
        }

        if (ByteSize.TryParse(text, out long bytes) && bytes > 0)
        {
            return DrillSample.OfBytes(bytes);
        }

        result.AddError($"--sample {text}: write a share such as 5%, or a size such as 500M or 10G");
        return null;
    }

    private DrillOptions ReadOptions(CommandContext context, string location)
    {
        ParseResult arguments = context.Arguments;
        DrillSample? sample = arguments.GetValue(_sample);
        if (sample is null && arguments.GetValue(_seed) is not null)
        {
            throw CliException.Usage("--seed is for --sample: without one everything is restored");
        }

        string[] checks = arguments.GetValue(_checks) ?? [];
        if (checks.Length == 0 && arguments.GetValue(_checkLimit) is not null)
        {
            throw CliException.Usage("--check-limit is for --check: give one");
        }

        if (arguments.GetValue(_scratch) is { } scratch)
        {
            if (scratch.Length == 0)
            {
                throw CliException.Usage("--scratch is empty: name a folder");
            }

            RepositoryAccess.RequireOutside(location, scratch, "--scratch");
        }

        DrillOptions options = new()
        {
            Snapshot = arguments.GetValue(_snapshot) ?? Newest,
            Filter = _filter.Read(arguments),
            Sample = sample,

            // As many digits as people can type again.
            Seed = arguments.GetValue(_seed) ?? (sample is null ? 0 : RandomNumberGenerator.GetInt32(int.MaxValue)),
            ScratchParent = arguments.GetValue(_scratch),
            Place = location,
            KeySlot = arguments.GetValue(_keySlot),
            Objective = arguments.GetValue(_objective),
            Commands = [.. checks.Select(DrillCommandOf)],
            PostgreSql = new PostgreSqlDrillOptions { Queries = [.. (arguments.GetValue(_queries) ?? []).Select(static sql => new PostgreSqlQuery(sql))] },
        };
        return options;

        Policy.Drills.DrillCommand DrillCommandOf(string line)
        {
            Policy.Drills.DrillCommand command = Policy.Drills.DrillCommand.Shell(line);
            return arguments.GetValue(_checkLimit) is { } limit ? command with { TimeLimit = limit } : command;
        }
    }
}
