using System.Diagnostics;
using System.Globalization;

namespace Dedup.TestSupport;

/// <summary>A process that uses a repository over and over, and what it has told. It is killed at any moment, and another takes its place.</summary>
internal sealed class LivingProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task _reading;

    /// <param name="what">What it does.</param>
    /// <param name="arguments">The repository's key and place, the cache, the process's folder.</param>
    /// <param name="seed">What its choices come from.</param>
    /// <param name="environment">Variables of its own, such as the credentials of a store.</param>
    /// <param name="told">Takes every line that it tells.</param>
    public LivingProcess(string what, string[] arguments, int seed, IReadOnlyDictionary<string, string> environment, Action<string> told)
    {
        ProcessStartInfo start = new(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Dedup.TestHost.dll"), "life", what, .. arguments, seed.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _reading = Task.WhenAll(
            ReadAsync(_process.StandardOutput, told),
            ReadAsync(_process.StandardError, line => told($"error in {what}: {line}")));
    }

    /// <summary>Whether it has come to an end by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Ends it at once, by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Waits for its end and for everything that it told.</summary>
    public async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
    }

    public void Dispose() => _process.Dispose();

    private static async Task ReadAsync(StreamReader reader, Action<string> told)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            told(line);
        }
    }
}
