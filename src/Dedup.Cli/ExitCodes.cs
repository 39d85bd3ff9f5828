using Dedup.Filtering;

namespace Dedup.Cli;

/// <summary>What the program's exit code says; restic's numbers.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;

    /// <summary>The snapshot was made, but some source files could not be read.</summary>
    public const int Incomplete = 3;

    public const int NoRepository = 10;
    public const int WrongPassword = 12;
    public const int Interrupted = 130;

    /// <summary>Nobody read the output any more: as of a program that SIGPIPE ended.</summary>
    public const int ClosedPipe = 141;

    /// <summary>The code that an exception which ended a command stands for.</summary>
    public static int Of(Exception exception) => exception switch
    {
        CliException usage => usage.ExitCode,
        BadPatternException => BadUsage,
        RepositoryNotFoundException => NoRepository,
        WrongCredentialsException => WrongPassword,
        OperationCanceledException => Interrupted,
        _ => Failed,
    };
}
