using System.Diagnostics;
using Dedup.Testing;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Runs the real program on a repository in S3, with a cache of its own.</summary>
internal sealed class S3Program(string location, IReadOnlyDictionary<string, string> environment, ScratchDirectory scratch)
{
    /// <summary>Runs it to its end.</summary>
    public (int Code, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "Dedup.Cli"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("DEDUP_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DEDUP_REPOSITORY"] = location;
        start.Environment["DEDUP_PASSWORD"] = "correct horse";
        start.Environment["DEDUP_CACHE_DIR"] = scratch["cache"];
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Runs it to success, with nothing to say about it.</summary>
    /// <returns>What it printed.</returns>
    public string Do(params string[] arguments)
    {
        (int code, string output, string error) = Run(arguments);
        Assert.True(code == 0 && error.Length == 0, $"{string.Join(' ', arguments)}: exit code {code}: {error}");
        return output;
    }

    /// <summary>Runs it to a failure of one line.</summary>
    public void Fail(int code, string words, params string[] arguments)
    {
        (int actual, string output, string error) = Run(arguments);
        Assert.True(actual == code, $"{string.Join(' ', arguments)}: exit code {actual}: {error}{output}");
        Assert.Contains(words, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
