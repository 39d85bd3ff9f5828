using System.CommandLine;
using Dedup.Cli.Output;

namespace Dedup.Cli;

/// <summary>What a command works with: its arguments, the global settings, and where to print.</summary>
internal sealed class CommandContext : IDisposable
{
    public CommandContext(ParseResult arguments)
    {
        Arguments = arguments;
        Invocation = (CliInvocation)arguments.InvocationConfiguration;
        Settings = GlobalSettings.From(arguments);
        Results = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 15);
    }

    public ParseResult Arguments { get; }

    public CliInvocation Invocation { get; }

    public GlobalSettings Settings { get; }

    /// <summary>Standard output, buffered.</summary>
    public TextWriter Results { get; }

    public ErrorOutput Errors => Invocation.Errors;

    public bool IsJson => Errors.IsJson;

    /// <summary>Whether a summary for people is wanted.</summary>
    public bool IsChatty => !IsJson && !Settings.IsQuiet;

    public void Dispose() => Results.Dispose();
}
