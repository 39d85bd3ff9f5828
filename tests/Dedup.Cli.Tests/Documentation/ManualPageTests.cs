using Dedup.Cli.Documentation;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Cli.Tests.Documentation;

public sealed class ManualPageTests : IDisposable
{
    private readonly DedupProgram _dedup = new();

    public ManualPageTests() => _dedup.Run("man", "man/man1").Succeeds();

    private static CommandPage[] Pages => [.. CommandPage.All(CommandTree.Create())];

    public void Dispose() => _dedup.Dispose();

    [Fact]
    public void There_is_a_page_for_each_command() => Assert.Equal(
        Pages.Select(page => page.Name + ".1").Order(StringComparer.Ordinal),
        Directory.GetFiles(_dedup.Files["man/man1"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Groff_formats_each_page_without_a_warning()
    {
        string[] files = [.. Directory.GetFiles(_dedup.Files["man/man1"]).Order(StringComparer.Ordinal)];
        (int code, _, string warnings) = ExternalTool.Run("/", "groff", ["-man", "-Tutf8", "-ww", "-z", .. files]);
        Assert.Equal("", warnings);
        Assert.Equal(0, code);
    }

    [Fact]
    public void A_page_tells_what_the_help_tells()
    {
        foreach (CommandPage page in Pages)
        {
            string text = Format(page);
            foreach (string heading in (string[])["NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"])
            {
                Assert.Contains($"\n{heading}\n", text, StringComparison.Ordinal);
            }

            Assert.All(page.Examples, example => Assert.Contains($" {example}\n", text, StringComparison.Ordinal));
            Assert.All(page.OwnOptions, option => Assert.Contains(Words(option.Description), Words(text), StringComparison.Ordinal));
            Assert.All(page.OwnOptions, option => Assert.Contains($" {string.Join(", ", option.Names)}", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Options_can_be_copied_out_of_a_page_and_nothing_in_a_text_is_taken_for_markup()
    {
        Assert.Contains("dedup backup -r /srv/backup --exclude '*.o' --exclude node_modules --exclude-caches ~/work", Format(Pages.Single(page => page.Path == "dedup backup")), StringComparison.Ordinal);
        RoffText text = new();
        text.Title("x", 1, "x");
        text.Heading("X");
        text.Line(@".TP is 'no' macro here, nor \fBthis\fR a font");
        text.Line(@"'nor this");
        _dedup.Write("x.1", text.ToString());
        string shown = Run(_dedup.Files["x.1"]);
        Assert.Contains(@".TP is 'no' macro here, nor \fBthis\fR a font 'nor this", Words(shown), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_can_be_written_it_says_so()
    {
        _dedup.Write("file", "");
        _dedup.Run("man", "file/man1").FailsInOneLine(1, "file/man1", "name a directory");
        _dedup.Run("man", "").FailsInOneLine(2, "name where to write");
    }

    private string Format(CommandPage page) => Run(_dedup.Files[$"man/man1/{page.Name}.1"]);

    // On lines so long that none is folded, and without the escape sequences of terminals.
    private static string Run(string file) => ExternalTool.Require("/", "groff", "-man", "-Tascii", "-rLL=1000n", "-P-cbou", file);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
