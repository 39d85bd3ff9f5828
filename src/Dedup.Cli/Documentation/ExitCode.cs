namespace Dedup.Cli.Documentation;

/// <summary>What an exit code tells, for manual pages and docs/cli.md.</summary>
/// <param name="Code">One of <see cref="ExitCodes"/>.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Commands">The commands that end with it; none: every one.</param>
internal sealed record ExitCode(int Code, string Meaning, params string[] Commands)
{
    public static IReadOnlyList<ExitCode> All { get; } =
    [
        new(ExitCodes.Done, "done"),
        new(ExitCodes.Failed, "failed; or a restore lacks something, a check or a drill found something, or a prune stopped before it deleted anything"),
        new(ExitCodes.BadUsage, "bad usage: an unknown command or option, a value that cannot be, a password that nobody can be asked for"),
        new(ExitCodes.Incomplete, "the backup was made, but some source files could not be read", "dedup backup"),
        new(ExitCodes.NoRepository, "there is no repository at that place"),
        new(ExitCodes.WrongPassword, "wrong password, or a recovery code that is mistyped"),
        new(ExitCodes.Interrupted, "interrupted by SIGINT (Ctrl-C), SIGTERM or SIGHUP"),
        new(ExitCodes.ClosedPipe, "nobody reads the output any more", "dedup ls", "dedup find", "dedup diff", "dedup dump", "dedup export"),
    ];

    /// <summary>Those that a command may end with; of the program itself all.</summary>
    public static IEnumerable<ExitCode> Of(CommandPage page) =>
        All.Where(code => page.Parent is null || code.Commands.Length == 0 || code.Commands.Contains(page.Path));
}
