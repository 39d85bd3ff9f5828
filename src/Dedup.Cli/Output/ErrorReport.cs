using Dedup.Cli.Json;

namespace Dedup.Cli.Output;

/// <summary>What is said of the exception that ended a command.</summary>
internal static class ErrorReport
{
    private const string Reporting = "this is a mistake in the program; please report it with what the same command prints with -vv";

    /// <summary>Writes one line, and the stack trace where it is wanted.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(Exception exception, ErrorOutput output, bool isTraced)
    {
        int code = ExitCodes.Of(exception);
        string message = exception switch
        {
            OperationCanceledException => "interrupted; the repository is whole, and what was already done need not be done again next time",
            CliException or DedupException or IOException or UnauthorizedAccessException or PlatformNotSupportedException => exception.Message,
            _ => $"unexpected {exception.GetType().Name}: {exception.Message}; {Reporting}",
        };
        Write(code, message, output);
        if (isTraced)
        {
            output.WriteBlock(exception.ToString());
        }

        return code;
    }

    /// <summary>Says that the program ends at once, in the middle of whatever it does.</summary>
    public static void WriteStopped(ErrorOutput output)
    {
        output.LeaveLine();
        Write(ExitCodes.Interrupted, "interrupted at once; the repository is whole", output);
    }

    private static void Write(int code, string message, ErrorOutput output) => output.WriteLine(output.IsJson
        ? JsonOutput.Serialize(new ExitErrorMessage(code, message), CliJsonContext.Default.ExitErrorMessage)
        : $"dedup: {message}");
}
