using System.CommandLine;
using System.CommandLine.Completions;
using Dedup.Cli.Commands;

namespace Dedup.Cli.Documentation;

/// <summary>What a shell can offer where a value is wanted.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Words">The choices, when it is one of some words.</param>
internal sealed record ValueHint(ValueKind Kind, IReadOnlyList<string> Words)
{
    public static ValueHint None { get; } = new(ValueKind.None, []);

    /// <summary>Whether an option takes no value.</summary>
    public static bool IsSwitch(Option option) => option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;

    public static ValueHint Of(Option option) =>
        IsSwitch(option) ? None : Of(option.HelpName, option.GetCompletions(CompletionContext.Empty));

    // The name alone does not tell: a PATH of `ls` lies in a snapshot, one of `backup` on this machine.
    public static ValueHint Of(Argument argument) => argument switch
    {
        ILocalPathArgument local => new ValueHint(local.IsDirectory ? ValueKind.Directory : ValueKind.File, []),
        _ => Of(null, argument.GetCompletions(CompletionContext.Empty)),
    };

    private static ValueHint Of(string? name, IEnumerable<CompletionItem> completions)
    {
        string[] words = [.. completions.Select(static completion => completion.Label)];
        ValueKind kind = words.Length > 0 ? ValueKind.Word : name switch
        {
            "DIR" or "PLACE" or "REPO" or "STORE" => ValueKind.Directory,
            "FILE" or "PATH" => ValueKind.File,
            _ => ValueKind.Text,
        };
        return new ValueHint(kind, words);
    }
}
