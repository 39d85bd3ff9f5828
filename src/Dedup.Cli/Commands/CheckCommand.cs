using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Dedup.Cli.Json;
using Dedup.Cli.Output;
using Dedup.Maintenance;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup check</c>: looks whether a repository is whole.</summary>
internal sealed class CheckCommand : RepositoryCommand
{
    private readonly Option<bool> _readData = new("--read-data") { Description = "Read and verify every byte of every pack too" };
    private readonly Option<string?> _subset = new("--read-data-subset") { Description = "Read and verify a part of the packs: 5% or 2G of them at random, or 1/10 for the first of ten fixed parts", HelpName = "PART" };
    private readonly Option<string?> _olderThan = new("--older-than") { Description = "Read and verify the packs that this machine has not found whole for so long, such as 30d; the oldest first", HelpName = "AGE" };
    private readonly Option<string?> _seed = new("--seed") { Description = "Pick the same packs as the check that printed this seed", HelpName = "N" };

    public CheckCommand()
        : base(
            "check",
            "Check that the repository is whole: the structure, and with the options below the data.",
            "dedup check",
            "dedup check --read-data",
            "dedup check --read-data-subset 1/10",
            "dedup check --older-than 30d --read-data-subset 10G")
    {
        Options.Add(_readData);
        Options.Add(_subset);
        Options.Add(_olderThan);
        Options.Add(_seed);
    }

    protected override void Validate(CommandContext context) => ReadOptions(context.Arguments);

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        CheckOptions options = ReadOptions(context.Arguments);
        CheckReport report;
        using (CheckProgressView progress = new(context))
        {
            report = await repository.CheckAsync(options, progress, cancellationToken);
        }

        foreach (CheckFinding finding in report.Findings)
        {
            context.Errors.WriteFinding(finding);
        }

        WriteSummary(context, options, report);
        return report.IsClean ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static void WriteSummary(CommandContext context, CheckOptions options, CheckReport report)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, CheckSummaryMessage.From(report, Seed(options)), CliJsonContext.Default.CheckSummaryMessage);
        }
        else if (context.IsChatty)
        {
            CheckSummary.Write(context.Results, report, Seed(options));
        }
    }

    /// <summary>The seed, where one decided what was read.</summary>
    private static int? Seed(CheckOptions options) =>
        options is { ReadData: true, OlderThan: null, Subset.IsRandom: true } ? options.Seed : null;

    private CheckOptions ReadOptions(ParseResult arguments)
    {
        string? subset = arguments.GetValue(_subset), age = arguments.GetValue(_olderThan), seed = arguments.GetValue(_seed);
        if (arguments.GetValue(_readData) && subset is not null)
        {
            throw CliException.Usage("--read-data reads everything and --read-data-subset a part: give one of them");
        }

        return new CheckOptions
        {
            ReadData = arguments.GetValue(_readData) || subset is not null || age is not null,
            Subset = subset is null ? null : CheckArguments.ParseSubset(subset),
            OlderThan = age is null ? null : CheckArguments.ParseAge(age),
            Seed = seed is null ? RandomNumberGenerator.GetInt32(int.MaxValue)
                : int.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : throw CliException.Usage($"--seed {seed}: is no seed; give the number that a check printed"),
        };
    }
}
