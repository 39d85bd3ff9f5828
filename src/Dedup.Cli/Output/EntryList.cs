using Dedup.Backup;
using Dedup.Cli.Json;
using Dedup.Trees;

namespace Dedup.Cli.Output;

/// <summary>Lists the entries of a backup as they are done: with <c>-v</c> those that are new or modified, with <c>-vv</c> all.</summary>
internal sealed class EntryList(CommandContext context)
{
    private const int UnchangedVerbosity = 2;

    /// <summary>What to call for each entry; <see langword="null"/> when nobody wants to know.</summary>
    public Action<BackedUpEntry>? Listener => context.Invocation.Verbosity == 0 ? null : Write;

    private void Write(BackedUpEntry entry)
    {
        if (entry.Change == EntryChange.Unchanged && context.Invocation.Verbosity < UnchangedVerbosity)
        {
            return;
        }

        string action = entry.Change switch
        {
            EntryChange.New => "new",
            EntryChange.Modified => "modified",
            _ => "unchanged",
        };
        string path = entry.Type == NodeType.Directory ? entry.Path + "/" : entry.Path;
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, new VerboseStatusMessage(action, path, entry.Size), CliJsonContext.Default.VerboseStatusMessage);
        }
        else
        {
            string size = entry.Type == NodeType.File ? $" ({ByteSize.Format(entry.Size)})" : "";
            context.Results.Write($"{action,-10}{path}{size}\n");
        }
    }
}
