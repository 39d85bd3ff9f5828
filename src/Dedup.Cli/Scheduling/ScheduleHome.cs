using Dedup.Policy.Documents;
using Dedup.Policy.Running;

namespace Dedup.Cli.Scheduling;

/// <summary>What starts programs again and again on this machine.</summary>
internal abstract class ScheduleHome
{
    // Looks in the search path alone: the platform would take a program of that name from the current folder first.
    private const string Finder = "/usr/bin/env";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(1);

    /// <summary>What it is called.</summary>
    public abstract string Kind { get; }

    /// <summary>What would be written for a run.</summary>
    public abstract IReadOnlyList<ScheduleFile> Compose(ScheduledRun run);

    /// <summary>What is written for a run; empty when nothing is.</summary>
    /// <exception cref="CliException">It cannot be read, or what lies there is somebody else's.</exception>
    public abstract IReadOnlyList<ScheduleFile> Read(ScheduledRun run);

    /// <summary>Writes it and lets it begin.</summary>
    public abstract void Install(ScheduledRun run);

    /// <summary>Ends it and takes it away; nothing else changes.</summary>
    public abstract void Remove(ScheduledRun run);

    /// <summary>Runs a tool of the system.</summary>
    /// <param name="input">What it reads; <see langword="null"/> for nothing.</param>
    /// <param name="command">The tool and its arguments.</param>
    protected static CommandResult Run(string? input, params string[] command) => CommandRun.Run(new CommandWords([Finder, .. command]), TimeLimit, input, [], CancellationToken.None);

    /// <summary>Runs a tool that must succeed.</summary>
    protected static CommandResult Require(string? input, params string[] command)
    {
        CommandResult result = Run(input, command);
        return result.IsSuccess ? result : throw CliException.Failure($"{string.Join(' ', command)} {result.Failure}; '--print' shows what to write by hand");
    }
}
