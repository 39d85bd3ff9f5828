using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Dedup.Policy.Documents;
using Dedup.Policy.Wording;

namespace Dedup.Policy.Running;

/// <summary>Runs a command of a policy to its end, or to its time limit.</summary>
internal static class CommandRun
{
    /// <summary>As much of what a command says on standard error as a message has room for.</summary>
    private const int MaxErrorLength = 500;

    /// <param name="command">The command.</param>
    /// <param name="limit">After how long it is killed, with all that it started.</param>
    /// <param name="input">What it reads; <see langword="null"/> for nothing.</param>
    /// <param name="environment">Variables that are set for it; with <see langword="null"/> one is taken away.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static CommandResult Run(
        CommandWords command, TimeSpan limit, string? input, IEnumerable<KeyValuePair<string, string?>> environment, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(command.Words[0], command.Words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
            if (value is null)
            {
                start.Environment.Remove(name);
            }
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            return new CommandResult([], $"cannot be started: {exception.Message}");
        }

        using (process)
        {
            return Finish(process, limit, input, cancellationToken);
        }
    }

    private static CommandResult Finish(Process process, TimeSpan limit, string? input, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit);
        using CancellationTokenRegistration killing = ending.Token.Register(() => process.Kill(entireProcessTree: true));
        using MemoryStream output = new();
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None);
        try
        {
            process.StandardInput.Write(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading all: its exit code says whether that is a failure.
        }

        process.WaitForExit();
        Task.WaitAll([copying, error], CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        string said = Shorten(error.Result);
        return new CommandResult(
            output.ToArray(),
            ending.IsCancellationRequested ? $"took longer than {DurationWords.Say(limit)} and was ended"
            : process.ExitCode != 0 ? $"failed with exit code {process.ExitCode}{(said.Length == 0 ? "" : $": {said}")}"
            : null);
    }

    private static string Shorten(string text)
    {
        string line = new StringBuilder(text.Trim()).Replace('\n', ' ').ToString();
        return line.Length <= MaxErrorLength ? line : line[..MaxErrorLength] + "…";
    }
}
