using System.CommandLine;
using System.Globalization;
using Dedup.Cli.Output;
using Dedup.Pruning;

namespace Dedup.Cli.Commands;

/// <summary>The options that say how unneeded data is removed.</summary>
internal sealed class PruneSettings
{
    private const string Unlimited = "unlimited";

    private readonly Option<double?> _maxUnused = ParsedOption.Create<double>(
        ["--max-unused"], "SHARE", "How much of what stays may be data that nothing needs, such as 5%, or unlimited: less means more rewriting [default: 5%]", TryParseShare, "write a share from 0% to 100%, or unlimited");

    private readonly Option<TimeSpan?> _grace = Duration("--grace", "How long to wait between condemning packs and deleting them [default: 0s]");
    private readonly Option<TimeSpan?> _wait = Duration("--wait", "How long to wait for backups under way; then the next prune completes the deletion [default: 15m]");
    private readonly Option<TimeSpan?> _sessionTimeout = Duration("--session-timeout", "A backup that began longer ago is taken for dead; if it lives it starts over [default: 24h]");
    private readonly Option<bool> _allowLargeDeletion = new("--allow-large-deletion") { Description = "Go on when more than half of what is stored would go" };
    private readonly Option<bool> _exclusive = new("--exclusive") { Description = "Nobody else uses the repository, so do not try out the store first" };

    private Option[] All => [_maxUnused, _grace, _wait, _sessionTimeout, _allowLargeDeletion, _exclusive];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The name of the first one that was given.</summary>
    public string? FirstGiven(ParseResult arguments) => All.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false })?.Name;

    public PruneOptions Read(ParseResult arguments, bool isDryRun)
    {
        PruneOptions options = new();
        return options with
        {
            MaxUnused = arguments.GetValue(_maxUnused) ?? options.MaxUnused,
            Grace = arguments.GetValue(_grace) ?? options.Grace,
            WaitForSessions = arguments.GetValue(_wait) ?? options.WaitForSessions,
            SessionTimeout = arguments.GetValue(_sessionTimeout) ?? options.SessionTimeout,
            AllowLargeDeletion = arguments.GetValue(_allowLargeDeletion),
            IsExclusive = arguments.GetValue(_exclusive),
            IsDryRun = isDryRun,
        };
    }

    private static Option<TimeSpan?> Duration(string name, string description) => ParsedOption.Create<TimeSpan>(
        [name], "DURATION", description, DurationText.TryParse, $"write a duration such as 90s, 15m, 24h or 2d, {DurationText.MaxDays}d at most");

    private static bool TryParseShare(string text, out double share)
    {
        share = 1;
        if (text == Unlimited)
        {
            return true;
        }

        bool isNumber = text.EndsWith('%')
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share);
        share /= 100;
        return isNumber && share is >= 0 and <= 1;
    }
}
