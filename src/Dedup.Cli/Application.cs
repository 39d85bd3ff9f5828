using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Dedup.Cli.Output;

namespace Dedup.Cli;

/// <summary>The edge of the program: parses, runs, and turns what went wrong into one line and an exit code.</summary>
internal static class Application
{
    /// <summary>From here on a stack trace is shown.</summary>
    private const int TracingVerbosity = 2;

    [SuppressMessage("Design", "CA1031", Justification = "The edge: whatever reaches it becomes one line and an exit code.")]
    public static async Task<int> RunAsync(string[] args)
    {
        CoreDump.Forbid();
        using Interruption interruption = new();
        // Without response files: @name is a path like any other.
        ParseResult arguments = CommandTree.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        CliInvocation invocation = new(arguments, interruption);
        interruption.Requested = () => SayStopping(invocation.Errors);
        interruption.Ending = () => ErrorReport.WriteStopped(invocation.Errors);
        try
        {
            return UsageErrors.Find(arguments) is { } mistake
                ? throw mistake
                : await arguments.InvokeAsync(invocation, interruption.Token);
        }
        catch (Exception e) when (StandardOutput.IsClosed(e))
        {
            return ExitCodes.ClosedPipe;
        }
        catch (Exception e)
        {
            return ErrorReport.Write(e, invocation.Errors, invocation.Verbosity >= TracingVerbosity);
        }
    }

    private static void SayStopping(ErrorOutput errors)
    {
        if (errors.IsTerminal)
        {
            errors.WriteLog("note", "stopping; press Ctrl-C again to stop at once");
        }
    }
}
