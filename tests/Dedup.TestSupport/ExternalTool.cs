using System.Diagnostics;
using System.Text;

namespace Dedup.TestSupport;

/// <summary>Runs a program of the system, as the judge that shares no code with what it judges.</summary>
public static class ExternalTool
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code, and what it wrote: one character a byte, whatever the encoding of names.</returns>
    public static (int ExitCode, string Output, string Errors) Run(string workingDirectory, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        string messages = errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output, messages);
    }

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it wrote, one character a byte.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Require(string workingDirectory, string program, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Run(workingDirectory, program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}: {errors}");
    }
}
