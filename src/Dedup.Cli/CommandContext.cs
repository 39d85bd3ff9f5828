using System.CommandLine;
using Dedup.Cli.Output;
using Dedup.Storage;

namespace Dedup.Cli;

/// <summary>What a command works with: its arguments, the global settings, and where to print.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly List<CountingStore> _counted = [];

    public CommandContext(ParseResult arguments)
    {
        Arguments = arguments;
        Invocation = (CliInvocation)arguments.InvocationConfiguration;
        Settings = GlobalSettings.From(arguments);
        Results = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 15));
    }

    public ParseResult Arguments { get; }

    public CliInvocation Invocation { get; }

    public GlobalSettings Settings { get; }

    /// <summary>Standard output, buffered; several threads may write to it, each call a whole.</summary>
    public TextWriter Results { get; }

    public ErrorOutput Errors => Invocation.Errors;

    public bool IsJson => Errors.IsJson;

    /// <summary>Whether a summary for people is wanted.</summary>
    public bool IsChatty => !IsJson && !Settings.IsQuiet;

    /// <summary>Whether a store that is far away is in use, where requests cost time and money.</summary>
    public bool IsStoreRemote => _counted.Count > 0;

    /// <summary>Counts what is asked of a store that is far away from now on.</summary>
    public CountingStore Count(IObjectStore store)
    {
        CountingStore counting = new(store);
        _counted.Add(counting);
        return counting;
    }

    /// <summary>Says what was asked of the stores that are far away, where that is wanted.</summary>
    public void ReportTraffic()
    {
        if (Invocation.Verbosity < StoreStack.TrafficVerbosity)
        {
            return;
        }

        foreach (CountingStore store in _counted)
        {
            Errors.WriteLog("note", TrafficReport.Describe(store.Location, store.Traffic));
        }
    }

    public void Dispose() => Results.Dispose();
}
