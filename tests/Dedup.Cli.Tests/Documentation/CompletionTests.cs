using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Documentation;

/// <summary>What somebody gets who presses Tab in a real shell, which has read the script that the program prints.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public CompletionTests()
    {
        _dedup.Write("place/photos/1.jpg", "");
        _dedup.Write("place/notes.txt", "");
        _dedup.Write("place/with blank.txt", "");
    }

    /// <summary>Shells, each with what is typed and what it makes of it.</summary>
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            (string Typed, string Completed)[] cases =
            [
                ("dedup re", "repair replicate restore"),
                ("dedup help ex", "export extend-locks"),
                ("dedup key ", "add list passwd remove test"),
                ("dedup -r key key p", "passwd"),
                ("dedup --repo=key repair p", "packs prunes"),
                ("dedup restore --inc", "--include --include-file"),
                ("dedup key add --rec", "--recovery"),
                ("dedup ls --recu", "--recursive"),
                ("dedup find --password-", "--password-command --password-file"),
                ("dedup restore latest --overwrite if", "if-changed if-newer"),
                ("dedup ls --sort ", "ctime extension mtime name size time"),
                ("dedup dump latest / -a t", "tar tar.zst"),
                ("dedup completion ", "bash fish zsh"),
                ("dedup backup place/n", "place/notes.txt"),
                ("dedup backup --tag re place/n", "place/notes.txt"),
                ("dedup backup --exclude-file place/n", "place/notes.txt"),
                ("dedup restore latest --target place/", "place/photos"),
                ("dedup snapshots -r place/", "place/photos"),
                ("dedup ls latest place/n", "place/n"),
            ];
            TheoryData<string, string, string> data = [];
            foreach ((string typed, string completed) in cases)
            {
                data.Add("bash", typed, completed);
                data.Add("zsh", typed, completed);
                data.Add("fish", typed, completed);
            }

            return data;
        }
    }

    public void Dispose() => _dedup.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_shell_completes_what_is_typed(string shell, string typed, string completed)
    {
        string script = _dedup.Write("script", _dedup.Run("completion", shell).Succeeds().Output);
        IEnumerable<string> words = shell switch
        {
            "bash" => CompleteInBash(script, typed),
            "zsh" => CompleteInZsh(script, typed),
            _ => CompleteInFish(script, typed),
        };

        // Shells differ in whether what cannot be completed stays as it is, and whether a folder ends with a slash.
        string last = typed.Split(' ')[^1];
        Assert.Equal(
            completed == last ? "" : completed, string.Join(' ', words.Where(word => word != last).Select(word => word.TrimEnd('/')).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_name_with_a_blank_stays_one_word()
    {
        string script = _dedup.Write("script", _dedup.Run("completion", "bash").Succeeds().Output);
        Assert.Equal(["place/with blank.txt"], CompleteInBash(script, "dedup backup place/w"));
    }

    [Fact]
    public void Other_shells_are_not_known() => _dedup.Run("completion", "ksh").FailsInOneLine(2, "'ksh'", "bash, zsh, fish");

    // The key inserts all that fits into the line, which is then carried out: the function prints its arguments.
    private string[] CompleteInBash(string script, string typed)
    {
        string session = _dedup.Write(
            "session",
            $$"""
            bind 'set bell-style none'
            source '{{script}}'
            dedup() { printf '<%s>\n' "${@: $SKIPPED + 1}"; }
            SKIPPED={{typed.Split(' ').Length - 2}}
            {{typed}}{{"\u001b*"}}
            exit
            """ + "\n");
        return Parse(ExternalTool.Run(_dedup.Files.Path, "sh", "-c", $"bash --norc --noprofile -i < '{session}' 2>/dev/null"));
    }

    private string[] CompleteInZsh(string script, string typed)
    {
        string session = _dedup.Write(
            "session",
            $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1= ; PS2= ; unsetopt prompt_cr prompt_sp; autoload -U compinit; compinit -D -u'
            zpty -w shell 'source {{script}}'
            zpty -w shell 'zstyle ":completion:*" completer _all_matches _complete; zstyle ":completion:*" insert yes; bindkey "^X^X" complete-word'
            zpty -w shell 'dedup() { printf "<%s>\n" "${@:{{typed.Split(' ').Length - 1}}}"; exit }'
            zpty -w -n shell $'{{typed.Replace("'", "\\'", StringComparison.Ordinal)}}\x18\x18\n'
            zpty -r shell output '*zzz*'
            print -r -- $output
            """ + "\n");
        return Parse(ExternalTool.Run(_dedup.Files.Path, "zsh", "-f", session));
    }

    // One line a completion, with its description behind a tab.
    private string[] CompleteInFish(string script, string typed)
    {
        string session = _dedup.Write("session", $"source '{script}'\ncomplete -C '{typed}'\n");
        return [.. ExternalTool.Require(_dedup.Files.Path, "fish", "--no-config", session).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
    }

    private static string[] Parse((int ExitCode, string Output, string Errors) session) =>
        [.. session.Output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith('<') && line.EndsWith('>')).Select(line => line[1..^1])];
}
