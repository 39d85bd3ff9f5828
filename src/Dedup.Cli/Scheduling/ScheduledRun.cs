using Dedup.Policy.Documents;
using Dedup.Policy.Scheduling;

namespace Dedup.Cli.Scheduling;

/// <summary>A policy that somebody else is to have carried out, again and again.</summary>
/// <param name="Policy">The absolute path of its file.</param>
/// <param name="Name">What tells it from others on this machine.</param>
internal sealed record ScheduledRun(string Policy, string Name)
{
    private const string ProgramName = "dedup";

    /// <summary>How often it is looked at what is due, unless the policy asks for more.</summary>
    private const int UsualMinutes = 5;

    /// <summary>The program and the first of its arguments, by absolute paths: who starts it has another current folder, and another search path.</summary>
    public static IReadOnlyList<string> Program { get; } = FindProgram();

    /// <summary>Of how many minutes it is looked at what is due.</summary>
    public int Minutes { get; init; } = UsualMinutes;

    /// <summary>The whole command.</summary>
    public IReadOnlyList<string> Command => [.. Program, "run", "--quiet", Policy];

    /// <summary>What units and entries of it are called.</summary>
    public string Title => Name == ProgramName ? ProgramName : $"{ProgramName}-{Name}";

    /// <summary>What stands in all that is written for it, so that it is known again, and nothing else is touched.</summary>
    public string Mark => $"# Written by 'dedup schedule install' for {Policy}";

    /// <summary>How often a policy needs a look: each minute where something of it comes oftener than every five.</summary>
    public static int MinutesOf(BackupPolicy policy, DateTimeOffset now)
    {
        IEnumerable<Schedule?> schedules =
        [
            .. policy.Sources.SelectMany(static source => new[] { source.Schedule, source.Drill?.Schedule }),
            .. policy.Repositories.SelectMany(static repository => new[] { repository.Prune.Schedule, repository.Check.Schedule }),
            .. policy.Repositories.SelectMany(static repository => repository.Replicas).Select(static replica => replica.Schedule),
        ];
        return schedules.Any(schedule => schedule is { Timetable.IsNever: false } && schedule.Timetable.Gaps(now).Shortest < TimeSpan.FromMinutes(UsualMinutes)) ? 1 : UsualMinutes;
    }

    /// <summary>The name where none is given: that of the file, as far as names of units can hold it.</summary>
    public static string NameOf(string policy) =>
        new([.. Path.GetFileNameWithoutExtension(policy).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')]);

    private static string[] FindProgram()
    {
        string program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "Dedup.Cli.dll")] : [program];
    }
}
