using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Dedup.Cli.Documentation;

/// <summary>A script that makes fish complete command lines of the program, with descriptions.</summary>
internal static class FishCompletion
{
    public static string Write(Command root)
    {
        CommandPage[] pages = [.. CommandPage.All(root)];
        string commands = string.Join(' ', pages.Where(static page => page.Parent is not null).Select(static page => Quote(page.Path)));
        string options = string.Join(' ', ValuedOptions(pages).Select(Quote));
        StringBuilder script = new($$"""
            # Completes command lines of dedup {{VersionText.Version}} in fish. Made by: dedup completion fish

            # The command that is written so far, such as: dedup key add
            function __dedup_command
                set -l at dedup
                set -l is_value 0
                for word in (commandline -opc)[2..]
                    if test $is_value = 1
                        set is_value 0
                        continue
                    end
                    switch "$at $word"
                        case {{commands}}
                            set at "$at $word"
                        case {{options}}
                            set is_value 1
                    end
                end
                echo $at
            end

            function __dedup_is
                test (__dedup_command) = "$argv"
            end

            complete -c dedup -f

            """);
        foreach (OptionEntry option in pages[0].GlobalOptions)
        {
            script.Append(Complete("", option));
        }

        foreach (CommandPage page in pages)
        {
            AppendCommand(script, page);
        }

        return script.ToString();
    }

    private static void AppendCommand(StringBuilder script, CommandPage page)
    {
        string condition = $" -n {Quote("__dedup_is " + page.Path)}";
        foreach (CommandPage child in page.Children)
        {
            script.Append(CultureInfo.InvariantCulture, $"complete -c dedup{condition} -a {child.Command.Name} -d {Quote(ShellText.Brief(child.Command.Description))}\n");
        }

        foreach (OptionEntry option in page.OwnOptions)
        {
            script.Append(Complete(condition, option));
        }

        string argument = page.Children.Any() ? "" : Values(ShellText.ArgumentHint(page));
        if (argument.Length > 0)
        {
            script.Append(CultureInfo.InvariantCulture, $"complete -c dedup{condition}{argument}\n");
        }
    }

    private static IEnumerable<string> ValuedOptions(CommandPage[] pages) =>
        from entry in pages.SelectMany(page => page.OwnOptions.Select(option => (page.Path, Option: option)))
            .Concat(pages[0].GlobalOptions.Select(option => (Path: "*", Option: option)))
        where entry.Option.ValueName is not null
        from name in entry.Option.Names
        select $"{entry.Path} {name}";

    private static string Complete(string condition, OptionEntry option)
    {
        string names = string.Concat(option.Names.Select(static name => name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}"));
        string value = option.ValueName is null ? "" : (option.Hint.Kind == ValueKind.File ? " -r" : " -x") + Values(option.Hint);
        return $"complete -c dedup{condition}{names} -d {Quote(ShellText.Brief(option.Description))}{value}\n";
    }

    private static string Values(ValueHint hint) => hint.Kind switch
    {
        ValueKind.Word => $" -a {Quote(string.Join(' ', hint.Words))}",
        ValueKind.File => " -F",
        ValueKind.Directory => " -a '(__fish_complete_directories)'",
        _ => "",
    };

    // In single quotes fish knows two escapes.
    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
