using Dedup.Cli.Json;

namespace Dedup.Cli.Commands;

/// <summary>What is said of a key slot that was made.</summary>
internal static class KeyReport
{
    public static void Write(CommandContext context, KeySlotInfo key, string outcome)
    {
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, KeyDocument.From(key), CliJsonContext.Default.KeyDocument);
        }
        else if (context.IsChatty)
        {
            context.Results.WriteLine($"key {KeyListCommand.ShortId(key)} {outcome}");
        }
    }
}
