using System.Globalization;
using System.Text;
using Dedup.Policy.Running;

namespace Dedup.Cli.Scheduling;

/// <summary>cron: a line in the crontab of who asks, between a line that says whose it is and one that ends it.</summary>
internal sealed class CronHome : ScheduleHome
{
    private const string Tool = "crontab", Place = "crontab";

    public override string Kind => "cron";

    public override IReadOnlyList<ScheduleFile> Compose(ScheduledRun run) =>
        [new(Place, $"{Begin(run)}\n{When(run)} {string.Join(' ', run.Command.Select(Quote))}\n{End(run)}\n")];

    public override IReadOnlyList<ScheduleFile> Read(ScheduledRun run) => Split(run).Mine is { Length: > 0 } text ? [new(Place, text)] : [];

    public override void Install(ScheduledRun run)
    {
        (string before, string mine, string after) = Split(run);
        string entry = Compose(run)[0].Text;
        if (mine != entry)
        {
            Write(before + (before.Length > 0 && before[^1] != '\n' ? "\n" : "") + entry + after);
        }
    }

    public override void Remove(ScheduledRun run)
    {
        (string before, _, string after) = Split(run);
        Write(before + after);
    }

    private static string Begin(ScheduledRun run) => run.Mark;

    private static string End(ScheduledRun run) => $"# End of what was written for {run.Policy}";

    private static string When(ScheduledRun run) => run.Minutes == 1 ? "* * * * *" : string.Create(CultureInfo.InvariantCulture, $"*/{run.Minutes} * * * *");

    // For the shell; and cron takes '%' for the end of the line.
    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)}'";

    private static (string Before, string Mine, string After) Split(ScheduledRun run)
    {
        string table = ReadTable(), begin = Begin(run) + "\n", end = End(run) + "\n";
        int from = IndexOfLine(table, begin), to = from < 0 ? -1 : table.IndexOf(end, from, StringComparison.Ordinal);
        return from < 0 ? (table, "", "")
            : to < 0 ? throw CliException.Failure($"the crontab has the line '{Begin(run)}' and not the one that ends it; remove by 'crontab -e' what is left of the entry")
            : (table[..from], table[from..(to + end.Length)], table[(to + end.Length)..]);
    }

    private static int IndexOfLine(string table, string line) =>
        table.StartsWith(line, StringComparison.Ordinal) ? 0 : table.IndexOf("\n" + line, StringComparison.Ordinal) is var at && at < 0 ? -1 : at + 1;

    private static string ReadTable()
    {
        // Who has no crontab is told so, by exit code 1.
        CommandResult result = Run(null, Tool, "-l");
        return result.IsSuccess || result.Failure!.Contains("no crontab for", StringComparison.Ordinal) ? Encoding.UTF8.GetString(result.Output)
            : throw CliException.Failure($"{Tool} -l {result.Failure}; '--print' shows what to write by hand");
    }

    private static void Write(string table) => Require(table, Tool, "-");
}
