namespace Dedup.Cli.Documentation;

/// <summary>What the completion scripts of several shells have in common.</summary>
internal static class ShellText
{
    /// <summary>One word in single quotes, as bash and zsh take it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Several words in single quotes: none of them holds a space.</summary>
    public static string QuoteAll(IEnumerable<string> words) => Quote(string.Join(' ', words));

    /// <summary>A description as far as one line of a menu has room for it: its first part.</summary>
    public static string Brief(string? description) => (description ?? "").Split(['.', ';', ':'])[0].Split(" [")[0];

    /// <summary>What a command's arguments are, as far as a shell can tell.</summary>
    public static ValueHint ArgumentHint(CommandPage page) =>
        page.Command.Arguments.Select(ValueHint.Of).FirstOrDefault(static hint => hint.Kind != ValueKind.Text, ValueHint.None);

    /// <summary>
    /// The branches of a <c>case</c> statement of bash and zsh over "COMMAND OPTION" for all options that take a value. Options of every command
    /// come last, and with a pattern in the place of the command.
    /// </summary>
    public static IEnumerable<string> ValueBranches(IReadOnlyList<CommandPage> pages, Func<ValueHint, string> assign)
    {
        foreach (CommandPage page in pages)
        {
            foreach (OptionEntry option in page.OwnOptions.Where(static option => option.ValueName is not null))
            {
                yield return $"{string.Join('|', option.Names.Select(name => Quote($"{page.Path} {name}")))}) {assign(option.Hint)};;";
            }
        }

        foreach (OptionEntry option in pages[0].GlobalOptions.Where(static option => option.ValueName is not null))
        {
            yield return $"{string.Join('|', option.Names.Select(static name => "*" + Quote(" " + name)))}) {assign(option.Hint)};;";
        }
    }

    /// <summary>The word for a kind of value in the scripts.</summary>
    public static string KindWord(ValueKind kind) => kind.ToString().ToLowerInvariant();
}
