using System.CommandLine;

namespace Dedup.Cli.Documentation;

/// <summary>A script that makes zsh complete command lines of the program, with descriptions.</summary>
internal static class ZshCompletion
{
    private const string Completer = """
        _dedup() {
            local at=dedup option= word= kind= i
            local -a choices subcommands flags
            for ((i = 2; i < CURRENT; i++)); do
                word=$words[i]
                if [[ -n $option ]]; then
                    option=
                elif [[ $word == -- ]]; then
                    _files
                    return
                elif [[ $word == --*=* ]]; then
                    continue
                elif [[ $word == -* ]]; then
                    _dedup_value "$at" "$word"
                    [[ $kind == none ]] || option=$word
                else
                    _dedup_command "$at"
                    [[ -z ${(M)subcommands:#$word:*} ]] || at+=" $word"
                fi
            done
            if [[ -z $option && $words[CURRENT] == --*=* ]]; then
                option=${words[CURRENT]%%=*}
                compset -P '*='
            fi
            if [[ -n $option ]]; then
                _dedup_value "$at" "$option"
            else
                _dedup_command "$at"
                if [[ $words[CURRENT] == -* ]]; then
                    _describe -o option flags
                    return
                elif (( $#subcommands )); then
                    _describe command subcommands
                    return
                fi
            fi
            case $kind in
            word) compadd -- $choices ;;
            file) _files ;;
            directory) _files -/ ;;
            esac
        }

        if [[ ${funcstack[1]} == _dedup ]]; then
            _dedup "$@"
        else
            compdef _dedup dedup
        fi
        """;

    public static string Write(Command root)
    {
        CommandPage[] pages = [.. CommandPage.All(root)];
        return $$"""
            #compdef dedup
            # Completes command lines of dedup {{VersionText.Version}} in zsh. Made by: dedup completion zsh

            # What there is after a command. Arguments: the command.
            _dedup_command() {
                subcommands=() flags=()
                case $1 in
            {{Lines(pages.Select(Branch))}}
                esac
            }

            # What an option's value is. Arguments: the command and the option.
            _dedup_value() {
                kind=none choices=()
                case "$1 $2" in
            {{Lines(ShellText.ValueBranches(pages, Assign))}}
                esac
            }

            {{Completer}}

            """;
    }

    private static string Branch(CommandPage page) =>
        $"{ShellText.Quote(page.Path)}) subcommands=({Described(page.Children.Select(static child => (child.Command.Name, child.Command.Description)))}) "
        + $"flags=({Described(page.OwnOptions.Concat(page.GlobalOptions).SelectMany(static option => option.Names.Select(name => (name, (string?)option.Description))))}) "
        + $"{Assign(ShellText.ArgumentHint(page))};;";

    private static string Described(IEnumerable<(string Name, string? Description)> entries) =>
        string.Join(' ', entries.Select(static entry => ShellText.Quote($"{entry.Name}:{ShellText.Brief(entry.Description)}")));

    private static string Assign(ValueHint hint) =>
        $"kind={ShellText.KindWord(hint.Kind)} choices=({string.Join(' ', hint.Words.Select(ShellText.Quote))})";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(static line => "    " + line));
}
