using System.CommandLine;
using Dedup.Retention;

namespace Dedup.Cli.Commands;

/// <summary>The options that say which snapshots stay, with restic's names.</summary>
internal sealed class RetentionOptions
{
    private readonly Option<int?> _last = Count("last", "-l", "the N newest snapshots");
    private readonly Option<int?> _hourly = Count("hourly", "-H", "the newest snapshot of each of the newest N hours that have one");
    private readonly Option<int?> _daily = Count("daily", "-d", "the newest of each of the newest N days that have one");
    private readonly Option<int?> _weekly = Count("weekly", "-w", "the newest of each of the newest N weeks that have one");
    private readonly Option<int?> _monthly = Count("monthly", "-m", "the newest of each of the newest N months that have one");
    private readonly Option<int?> _yearly = Count("yearly", "-y", "the newest of each of the newest N years that have one");
    private readonly Option<RetentionPeriod?> _within = Period("", "all snapshots less than this before the newest, such as 1y5m7d2h");
    private readonly Option<RetentionPeriod?> _withinHourly = Period("-hourly", "the newest of each hour less than this before the newest");
    private readonly Option<RetentionPeriod?> _withinDaily = Period("-daily", "the newest of each day less than this before the newest");
    private readonly Option<RetentionPeriod?> _withinWeekly = Period("-weekly", "the newest of each week less than this before the newest");
    private readonly Option<RetentionPeriod?> _withinMonthly = Period("-monthly", "the newest of each month less than this before the newest");
    private readonly Option<RetentionPeriod?> _withinYearly = Period("-yearly", "the newest of each year less than this before the newest");
    private readonly Option<string[]> _tags = new("--keep-tag") { Description = "Keep all snapshots with this tag, or with all of several parted by commas; '' for those without tags; may be repeated", HelpName = "TAGS" };
    private readonly Option<string?> _preset = new("--keep") { Description = $"Keep what a preset says: {string.Join(" or ", RetentionPresets.Names)}", HelpName = "PRESET", CompletionSources = { RetentionPresets.Names.ToArray() } };
    private readonly Option<string?> _grouping = new("--group-by", "-g") { Description = "What the snapshots share that the rules look at together: host, paths, tags, parted by commas; '' for nothing [default: host,paths]", HelpName = "WORDS", CompletionSources = { "host", "paths", "tags", "host,paths" } };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _last, _hourly, _daily, _weekly, _monthly, _yearly,
            _within, _withinHourly, _withinDaily, _withinWeekly, _withinMonthly, _withinYearly,
            _tags, _preset, _grouping,
        ];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The rules given, and the preset's; empty when there are none.</summary>
    /// <exception cref="CliException">They cannot be carried out.</exception>
    public RetentionPolicy ReadPolicy(ParseResult arguments)
    {
        RetentionPolicy preset = ReadPreset(arguments);
        return preset with
        {
            Last = Choose(_last, preset.Last),
            Hourly = Choose(_hourly, preset.Hourly),
            Daily = Choose(_daily, preset.Daily),
            Weekly = Choose(_weekly, preset.Weekly),
            Monthly = Choose(_monthly, preset.Monthly),
            Yearly = Choose(_yearly, preset.Yearly),
            Within = Choose(_within, preset.Within),
            WithinHourly = Choose(_withinHourly, preset.WithinHourly),
            WithinDaily = Choose(_withinDaily, preset.WithinDaily),
            WithinWeekly = Choose(_withinWeekly, preset.WithinWeekly),
            WithinMonthly = Choose(_withinMonthly, preset.WithinMonthly),
            WithinYearly = Choose(_withinYearly, preset.WithinYearly),
            KeepTags = [.. preset.KeepTags, .. (arguments.GetValue(_tags) ?? []).Select(ToTags)],
        };

        T? Choose<T>(Option<T?> option, T? ofPreset)
            where T : struct =>
            arguments.GetValue(option) is not { } given ? ofPreset
            : ofPreset is null ? given
            : throw CliException.Usage($"{option.Name}: --keep {arguments.GetValue(_preset)} says that already: give the one or the other");
    }

    /// <exception cref="CliException">A word is unknown.</exception>
    public RetentionGrouping ReadGrouping(ParseResult arguments) =>
        arguments.GetValue(_grouping) is not { } text ? RetentionGrouping.Default
        : RetentionGrouping.TryParse(text, out RetentionGrouping? grouping) ? grouping
        : throw CliException.Usage($"--group-by {text}: write host, paths and tags, parted by commas");

    private static bool TryParseCount(string text, out int count)
    {
        count = RetentionPolicy.All;
        return text is "unlimited" or "-1" || PositiveNumber.TryParse(text, out count);
    }

    // A rule of length zero would be none, which whoever writes it does not mean.
    private static bool TryParsePeriod(string text, out RetentionPeriod period) => RetentionPeriod.TryParse(text, out period) && !period.IsZero;

    private static Option<int?> Count(string what, string shortName, string description) => ParsedOption.Create<int>(
        ["--keep-" + what, shortName], "N", $"Keep {description}", TryParseCount, "a whole number from 1 is needed, or unlimited");

    private static Option<RetentionPeriod?> Period(string what, string description) => ParsedOption.Create<RetentionPeriod>(
        ["--keep-within" + what], "PERIOD", $"Keep {description}", TryParsePeriod, "a period of years, months, days and hours is needed, such as 1y5m7d2h");

    private static IReadOnlyList<string> ToTags(string text) =>
        text.Length == 0 ? [""]
        : TagList.Split([text]) is { Count: > 0 } tags ? tags
        : throw CliException.Usage($"--keep-tag {text}: names no tag; give '' to keep snapshots without tags");

    private RetentionPolicy ReadPreset(ParseResult arguments) =>
        arguments.GetValue(_preset) is not { } name ? new RetentionPolicy()
        : RetentionPresets.TryGet(name, out RetentionPolicy? policy) ? policy
        : throw CliException.Usage($"--keep {name}: is no preset; there are {string.Join(" and ", RetentionPresets.Names)}");
}
