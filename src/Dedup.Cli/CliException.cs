namespace Dedup.Cli;

/// <summary>Ends the program with one line and an exit code.</summary>
internal sealed class CliException : Exception
{
    /// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
    /// <param name="message">What, where, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public CliException(int exitCode, string message, Exception? innerException = null)
        : base(message, innerException) => ExitCode = exitCode;

    public int ExitCode { get; }

    public static CliException Usage(string message, Exception? innerException = null) => new(ExitCodes.BadUsage, message, innerException);

    public static CliException Failure(string message, Exception? innerException = null) => new(ExitCodes.Failed, message, innerException);
}
