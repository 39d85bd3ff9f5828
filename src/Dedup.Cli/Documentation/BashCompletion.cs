using System.CommandLine;

namespace Dedup.Cli.Documentation;

/// <summary>A script that makes bash complete command lines of the program.</summary>
internal static class BashCompletion
{
    private const string Completer = """
        _dedup() {
            local cur=${COMP_WORDS[COMP_CWORD]} at=dedup option= word= kind= choices= commands= options= i
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == '=' ]]; then
                    continue # Of --option=value: bash parts words there.
                elif [[ -n $option ]]; then
                    option=
                elif [[ $word == -- ]]; then
                    compopt -o default
                    return
                elif [[ $word == -* ]]; then
                    _dedup_value "$at" "$word"
                    [[ $kind == none ]] || option=$word
                else
                    _dedup_command "$at"
                    [[ " $commands " != *" $word "* ]] || at+=" $word"
                fi
            done
            [[ $cur != '=' ]] || cur=
            if [[ -n $option ]]; then
                _dedup_value "$at" "$option"
            else
                _dedup_command "$at"
                if [[ $cur == -* ]]; then
                    kind=word choices=$options
                elif [[ -n $commands ]]; then
                    kind=word choices=$commands
                fi
            fi
            case $kind in
            word) COMPREPLY=($(compgen -W "$choices" -- "$cur")) ;;
            file) compopt -o default ;;
            directory) compopt -o dirnames ;;
            esac
        }

        complete -F _dedup dedup
        """;

    public static string Write(Command root)
    {
        CommandPage[] pages = [.. CommandPage.All(root)];
        return $$"""
            # Completes command lines of dedup {{VersionText.Version}} in bash. Made by: dedup completion bash

            # What there is after a command. Arguments: the command.
            _dedup_command() {
                case $1 in
            {{Lines(pages.Select(Branch))}}
                esac
            }

            # What an option's value is. Arguments: the command and the option.
            _dedup_value() {
                kind=none choices=
                case "$1 $2" in
            {{Lines(ShellText.ValueBranches(pages, Assign))}}
                esac
            }

            {{Completer}}

            """;
    }

    private static string Branch(CommandPage page) =>
        $"{ShellText.Quote(page.Path)}) commands={ShellText.QuoteAll(page.Children.Select(static child => child.Command.Name))} "
        + $"options={ShellText.QuoteAll(page.OwnOptions.Concat(page.GlobalOptions).SelectMany(static option => option.Names))} {Assign(ShellText.ArgumentHint(page))};;";

    private static string Assign(ValueHint hint) => $"kind={ShellText.KindWord(hint.Kind)} choices={ShellText.QuoteAll(hint.Words)}";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Select(static line => "    " + line));
}
