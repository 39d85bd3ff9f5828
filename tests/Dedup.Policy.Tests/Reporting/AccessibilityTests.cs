using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Policy.Tests.Reporting;

/// <summary>The page in headless Chromium, judged by axe-core, whose version tests/axe pins. Both are installed by tests/run.</summary>
public sealed class AccessibilityTests
{
    private const string Run = """
        axe.run(document,{runOnly:{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}}).then(result=>{
          const out=document.createElement('pre');out.id='axe';out.hidden=true;
          out.textContent=JSON.stringify({passes:result.passes.length,violations:result.violations.map(v=>v.id+': '+v.nodes.map(n=>n.html.slice(0,120)).join(' | '))});
          document.body.append(out);});
        """;

    [Theory]
    [InlineData("en", false)]
    [InlineData("en", true)]
    [InlineData("nl", false)]
    [InlineData("nl", true)]
    public async Task The_page_meets_WCAG_2_2_AA(string language, bool isDark)
    {
        JsonElement result = await JudgeAsync(ReportWriterTests.Html(language), isDark);
        Assert.True(result.GetProperty("passes").GetInt32() > 20, "axe-core looked at hardly anything");
        Assert.Equal("[]", result.GetProperty("violations").ToString());
    }

    /// <summary>What the other test rests on: that a page which fails is seen to fail.</summary>
    [Fact]
    public async Task A_page_with_pale_text_and_without_a_language_does_not()
    {
        string broken = ReportWriterTests.Html("en").Replace("--soft:#4a4a55", "--soft:#cccccc", StringComparison.Ordinal).Replace(" lang=\"en\"", "", StringComparison.Ordinal);
        string violations = (await JudgeAsync(broken, isDark: false)).GetProperty("violations").ToString();
        Assert.Contains("color-contrast", violations, StringComparison.Ordinal);
        Assert.Contains("html-has-lang", violations, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JudgeAsync(string page, bool isDark)
    {
        // The page forbids scripts, and follows the reader's choice of colours: for the judgement both are decided here.
        string judged = Regex.Replace(page, "<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "").Replace("(prefers-color-scheme:dark)", isDark ? "all" : "not all", StringComparison.Ordinal)
            .Replace("</body>", $"<script>{await File.ReadAllTextAsync(AxeCore())}</script><script>{Run}</script></body>", StringComparison.Ordinal);
        using ScratchDirectory folder = new();
        string file = Path.Combine(folder.Path, "page.html");
        await File.WriteAllTextAsync(file, judged);
        string dom = await BrowseAsync(folder.Path, file);
        Match result = Regex.Match(dom, "<pre id=\"axe\" hidden=\"\">(.*?)</pre>", RegexOptions.Singleline);
        Assert.True(result.Success, "axe-core gave no result");
        using JsonDocument document = JsonDocument.Parse(WebUtility.HtmlDecode(result.Groups[1].Value));
        return document.RootElement.Clone();
    }

    private static string AxeCore()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "tests", "axe", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(script))
            {
                return script;
            }
        }

        Assert.Fail("axe-core is not installed: run tests/run, or 'npm ci' in tests/axe");
        return "";
    }

    private static async Task<string> BrowseAsync(string folder, string file)
    {
        ProcessStartInfo start = new("chromium") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={folder}/profile", "--window-size=1280,1024", "--virtual-time-budget=60000", "--dump-dom", new Uri(file).AbsoluteUri])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process browser = Process.Start(start)!;
            Task<string> errors = browser.StandardError.ReadToEndAsync();
            string dom = await browser.StandardOutput.ReadToEndAsync();
            await browser.WaitForExitAsync();
            Assert.True(browser.ExitCode == 0, $"chromium ended with {browser.ExitCode}: {await errors}");
            return dom;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail("chromium is not installed: run tests/run, or install the package chromium");
            return "";
        }
    }
}
