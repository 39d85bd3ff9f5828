using Dedup.Cli.Json;
using Dedup.Cli.Output;

namespace Dedup.Cli.Commands;

/// <summary><c>dedup key list</c>: lists the key slots.</summary>
internal sealed class KeyListCommand() : RepositoryCommand("list", "List the key slots; a star marks the one in use.", "dedup key list")
{
    /// <summary>As many digits as tell slots apart, and as 'key remove' takes.</summary>
    private const int ShortIdLength = 8;

    public static string ShortId(KeySlotInfo key) => key.Id.Length > ShortIdLength ? key.Id[..ShortIdLength] : key.Id;

    protected override async Task<int> RunAsync(Repository repository, CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeySlotInfo> keys = await repository.ListKeysAsync(cancellationToken);
        if (context.IsJson)
        {
            JsonOutput.WriteLine(context.Results, [.. keys.Select(KeyDocument.From)], CliJsonContext.Default.KeyDocumentArray);
            return ExitCodes.Done;
        }

        ResultTable table = new ResultTable().Fixed("ID").Folding("Label").Fixed("Created");
        foreach (KeySlotInfo key in keys)
        {
            table.AddRow([(key.IsCurrent ? "*" : " ") + ShortId(key)], [key.Label], [NodeText.LocalTime(key.Created)]);
        }

        table.Write(context.Results);
        return ExitCodes.Done;
    }
}
