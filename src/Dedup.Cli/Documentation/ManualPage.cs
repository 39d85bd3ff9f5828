using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Dedup.Cli.Documentation;

/// <summary>The manual page of a command, in the macros of man(7), from the same texts as its help.</summary>
internal static class ManualPage
{
    /// <summary>Commands for users (man-pages(7)).</summary>
    public const int Section = 1;

    public static string Write(CommandPage page)
    {
        RoffText text = new();
        text.Title(page.Name, Section, $"dedup {VersionText.Version}");
        text.Heading("NAME");
        text.Line($"{page.Name} - {FirstSentence(page.Command.Description!)}");
        text.Heading("SYNOPSIS");
        WriteSynopsis(text, page);
        text.Heading("DESCRIPTION");
        text.Line(page.Command.Description!);
        if (page.Parent is not null)
        {
            text.Paragraph();
            text.Line("How to name the repository and its password, and options that every command takes, are told in dedup(1).");
        }

        WriteEntries(text, "COMMANDS", page.Children.Select(static child => ($"{child.Name}(1)", (string?)null, child.Command.Description!)));
        WriteEntries(text, "ARGUMENTS", page.Command.Arguments.Select(static argument => ("", (string?)argument.Name.Trim(), argument.Description!)));
        WriteEntries(text, "OPTIONS", (page.Parent is null ? page.GlobalOptions : page.OwnOptions)
            .Select(static option => (string.Join(", ", option.Names), option.ValueName, option.Description)));
        text.Heading("EXAMPLES");
        text.Verbatim(page.Examples);
        WriteEntries(text, "EXIT STATUS", ExitCode.Of(page).Select(static code => (code.Code.ToString(CultureInfo.InvariantCulture), (string?)null, code.Meaning)));
        WriteEntries(text, "ENVIRONMENT", EnvironmentVariable.Common.Concat(page.Parent is null ? EnvironmentVariable.Special : [])
            .Select(static variable => (variable.Name, (string?)null, variable.Meaning)));
        WriteEntries(text, "FILES", [("~/.cache/dedup", null, "catalogues and what else is kept of repositories on this machine; it may be deleted, and is made anew")]);
        text.Heading("SEE ALSO");
        text.Line(string.Join(", ", Related(page).Select(static other => $"{other.Name}(1)")));
        return text.ToString();
    }

    // What a page is a part of, what is a part of it, and what else is a part of the same.
    private static IEnumerable<CommandPage> Related(CommandPage page) =>
        Ancestors(page).Concat(page.Children).Concat(page.Parent is { Parent: not null } group ? group.Children.Where(other => other.Path != page.Path) : []);

    private static IEnumerable<CommandPage> Ancestors(CommandPage page) => page.Parent is { } parent ? Ancestors(parent).Append(parent) : [];

    private static void WriteSynopsis(RoffText text, CommandPage page)
    {
        StringBuilder line = new($"{RoffText.Bold(page.Path)}");
        foreach (OptionEntry option in page.OwnOptions.Where(static option => option.IsRequired))
        {
            line.Append(CultureInfo.InvariantCulture, $" {RoffText.Bold(option.Names[0])} {RoffText.Italic(option.ValueName!)}");
        }

        line.Append(CultureInfo.InvariantCulture, $" [{RoffText.Italic("OPTION")}]...");
        if (page.Children.Any())
        {
            line.Append(CultureInfo.InvariantCulture, $" {RoffText.Italic("COMMAND")}");
        }

        foreach (Argument argument in page.Command.Arguments)
        {
            string name = RoffText.Italic(argument.Name.Trim()) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
            line.Append(argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}");
        }

        text.Raw(line.ToString());
    }

    private static void WriteEntries(RoffText text, string heading, IEnumerable<(string Term, string? Value, string Description)> entries)
    {
        bool isFirst = true;
        foreach ((string term, string? value, string description) in entries)
        {
            if (isFirst)
            {
                text.Heading(heading);
                isFirst = false;
            }

            text.Entry(term, value, description);
        }
    }

    private static string FirstSentence(string description)
    {
        string sentence = description.Split(". ")[0].TrimEnd('.');
        return char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }
}
