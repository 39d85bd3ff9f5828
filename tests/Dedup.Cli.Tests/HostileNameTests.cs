using System.Globalization;
using System.Text;
using Xunit;

namespace Dedup.Cli.Tests;

/// <summary>Names that a terminal would obey are shown, and not obeyed, by whatever command shows names.</summary>
public sealed class HostileNameTests : IDisposable
{
    private static readonly string[] Names =
    [
        "\u001b[2Jclear", "\u001b]0;title\u0007", "\u001b]52;c;cm0gLXJm\u0007", "bell\u0007", "over\u0008\u0008\u0008write", "line\nerror: all is lost", "carriage\rreturn", "\u202Egnp.exe",
        "zero\u200Bwidth", "\u2066isolate", "\u2028separator", "\u0085next", "c1\u009b2J", "tab\tbed", "del\u007f", "back\\slash", "\ufeffmark",
    ];

    private readonly DedupProgram _dedup = new DedupProgram().MakeRepository();

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void No_command_prints_them_as_they_are()
    {
        string source = _dedup.Files.Make("source");
        foreach (string name in Names)
        {
            _dedup.Write("source/" + name, name);
            _dedup.Write($"source/folder {name}/file", name);
        }

        RequireHarmless(_dedup.Run("backup", "-v", source));
        foreach (string name in Names)
        {
            _dedup.Write("source/" + name, name + " changed");
        }

        RequireHarmless(_dedup.Run("backup", "-vv", "--json", source));
        RequireHarmless(_dedup.Run("ls", "latest", "--recursive"));
        RequireHarmless(_dedup.Run("ls", "latest", "--long", source));
        RequireHarmless(_dedup.Run("find", "*"));
        RequireHarmless(_dedup.Run("diff", FirstSnapshot(), "latest"));
        RequireHarmless(_dedup.Run("restore", "latest", "-vv", "--target", _dedup.Files["restored"]));
        RequireHarmless(_dedup.Run("stats", "latest", "--mode", "cost"));
        RequireHarmless(_dedup.Run("backup", "--tag", Names[0], "--host", Names[1], source));
        RequireHarmless(_dedup.Run("snapshots"));
        ProgramResult missing = _dedup.Run("backup", _dedup.Files[Names[2]]);
        Assert.NotEqual(0, missing.ExitCode);
        RequireHarmless(missing, isSuccess: false);
        RequireHarmless(_dedup.Run("dump", "latest", "/" + Names[3]), isSuccess: false);
        RequireHarmless(_dedup.Run("snapshots", "--repo", _dedup.Files[Names[4]]), isSuccess: false);
    }

    private static void RequireHarmless(ProgramResult result, bool isSuccess = true)
    {
        Assert.True(!isSuccess || result.ExitCode == 0, result.Error);
        string text = result.Output + result.Error;
        Assert.DoesNotContain("\nerror: all is lost", text, StringComparison.Ordinal);
        foreach (Rune rune in text.EnumerateRunes().Where(static rune => rune.Value != '\n'))
        {
            Assert.False(
                Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
                $"U+{rune.Value:X4} in: {text[Math.Max(0, text.IndexOf(rune.ToString(), StringComparison.Ordinal) - 60)..].Split('\n')[0]}");
        }
    }

    private string FirstSnapshot() => _dedup.Run("snapshots", "--json").Succeeds().Json[0].GetProperty("id").GetString()!;
}
