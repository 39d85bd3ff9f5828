using Dedup.Cli.Json;
using Dedup.Restore;

namespace Dedup.Cli.Output;

/// <summary>Lists what a restore does to each entry, a line each; what stays as it is only when asked twice.</summary>
internal sealed class RestoreActionList(CommandContext context, bool isWhole) : IProgress<RestoreAction>
{
    private readonly Lock _writing = new();

    public void Report(RestoreAction value)
    {
        if (!isWhole && value.Kind is RestoreActionKind.Unchanged or RestoreActionKind.Left)
        {
            return;
        }

        string word = value.Kind switch
        {
            RestoreActionKind.Restored => "restored",
            RestoreActionKind.Updated => "updated",
            RestoreActionKind.Unchanged => "unchanged",
            RestoreActionKind.Left => "left",
            _ => "deleted",
        };
        lock (_writing)
        {
            if (context.IsJson)
            {
                JsonOutput.WriteLine(context.Results, new RestoreActionMessage(word, value.Path, value.Size), CliJsonContext.Default.RestoreActionMessage);
            }
            else
            {
                context.Results.WriteLine($"{word,-9} {TerminalText.Escape(value.Path)}");
            }
        }
    }
}
