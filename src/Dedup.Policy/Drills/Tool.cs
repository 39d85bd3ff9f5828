using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Dedup.Policy.Drills;

/// <summary>Runs programs that judge what was restored.</summary>
internal static class Tool
{
    private const int MaxOutput = 4 << 20, MaxErrors = 4000;

    /// <summary>How long to wait for what a killed program's own children still write.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end, or to that of its time: then it and all that it started is killed.</summary>
    /// <param name="call">The program.</param>
    /// <param name="cancellationToken">Kills it too.</param>
    /// <exception cref="OperationCanceledException">The token, not the time limit, ended it.</exception>
    public static async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(call.Program, call.Arguments)
        {
            WorkingDirectory = call.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Prepare(start, call);
        Process? started;
        try
        {
            started = Process.Start(start);
        }
        catch (Win32Exception exception)
        {
            return new ToolResult(null, "", $"cannot be started: {exception.Message}");
        }

        using Process process = started!;
        process.StandardInput.Close();
        Task<string> output = ReadAsync(process.StandardOutput, MaxOutput, keepsEnd: false);
        Task<string> errors = ReadAsync(process.StandardError, MaxErrors, keepsEnd: true);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (call.TimeLimit is { } time)
        {
            limit.CancelAfter(time);
        }

        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new ToolResult(null, await EndAsync(output).ConfigureAwait(false), $"ran longer than {call.TimeLimit!.Value.TotalSeconds:0.#} s and was killed");
        }

        return new ToolResult(process.ExitCode, await EndAsync(output).ConfigureAwait(false), await EndAsync(errors).ConfigureAwait(false));
    }

    // Neither passwords of repositories, which the programs have no use for, nor what would lead them to other databases and repositories than the restored ones.
    private static void Prepare(ProcessStartInfo start, ToolCall call)
    {
        foreach (string name in start.Environment.Keys.Where(static name =>
            name.StartsWith("DEDUP_", StringComparison.Ordinal) || name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in call.Environment)
        {
            start.Environment[name] = value;
        }
    }

    private static async Task<string> EndAsync(Task<string> reading)
    {
        // What a program leaves running in the background may hold its output open for ever.
        Task first = await Task.WhenAny(reading, Task.Delay(Grace)).ConfigureAwait(false);
        return first == reading ? await reading.ConfigureAwait(false) : "";
    }

    private static async Task<string> ReadAsync(StreamReader reader, int most, bool keepsEnd)
    {
        StringBuilder text = new();
        char[] buffer = new char[4096];
        for (int count; (count = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            text.Append(buffer, 0, keepsEnd ? count : Math.Min(count, most - text.Length));
            if (keepsEnd)
            {
                text.Remove(0, Math.Max(0, text.Length - most));
            }
        }

        return text.ToString();
    }
}
