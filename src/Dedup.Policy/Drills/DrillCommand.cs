namespace Dedup.Policy.Drills;

/// <summary>
/// A command of the user's that says whether what was restored is good: exit code 0. It runs in the restored folder, which it gets as its last argument and
/// as <c>DEDUP_DRILL_FOLDER</c>.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments, without the folder.</param>
public sealed record DrillCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>How long it may run; then it has failed.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A line for <c>/bin/sh</c>, in which <c>$1</c> is the folder.</summary>
    public static DrillCommand Shell(string line) => new("/bin/sh", ["-c", line, "sh"]) { Text = line };

    /// <summary>What it is called in reports.</summary>
    internal string Text { get; private init; } = string.Join(' ', Arguments.Prepend(Program));
}
