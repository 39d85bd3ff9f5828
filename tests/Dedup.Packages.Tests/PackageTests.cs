using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Dedup.Packages.Tests;

/// <summary>The packages as those find them who embed the engine: complete, and enough by themselves for a program outside of the solution.</summary>
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private const int MaxLines = 30;

    /// <summary>As many as the suite has and one more of the sample's own; more may be added to it.</summary>
    private const int LeastContractTests = 57;

    [Fact]
    public void Nothing_but_the_packages_that_are_documented_is_packed() =>
        Assert.Equal(
            ["Dedup", "Dedup.Hosting", "Dedup.Policy", "Dedup.Storage", "Dedup.Storage.S3", "Dedup.Testing", "Dedup.Tool"],
            Directory.EnumerateFiles(feed.Folder, "*.nupkg").Select(static file => Path.GetFileName(file)[..^".0.1.0.nupkg".Length]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Dedup")]
    [InlineData("Dedup.Hosting")]
    [InlineData("Dedup.Policy")]
    [InlineData("Dedup.Storage")]
    [InlineData("Dedup.Storage.S3")]
    [InlineData("Dedup.Testing")]
    public void A_library_comes_with_documentation_readme_licence_and_symbols(string package)
    {
        string[] names = NamesIn($"{package}.0.1.0.nupkg");
        Assert.Contains($"lib/net10.0/{package}.dll", names);
        Assert.Contains($"lib/net10.0/{package}.xml", names);
        Assert.Contains("PACKAGE.md", names);
        Assert.Contains($"lib/net10.0/{package}.pdb", NamesIn($"{package}.0.1.0.snupkg"));
        XElement metadata = ReadMetadata(package);
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("PACKAGE.md", Value(metadata, "readme"));
        Assert.NotEqual("Package Description", Value(metadata, "description"));
    }

    [Fact]
    public void The_engine_depends_on_no_package_of_S3_and_of_no_terminal()
    {
        string[] dependencies = [.. ReadMetadata("Dedup").Descendants().Where(static element => element.Name.LocalName == "dependency").Select(static element => element.Attribute("id")!.Value)];
        Assert.Contains("Dedup.Storage", dependencies);
        Assert.DoesNotContain(dependencies, static name => name.StartsWith("AWSSDK", StringComparison.Ordinal) || name is "Spectre.Console" or "System.CommandLine" or "YamlDotNet");
    }

    [Fact]
    public void A_program_of_under_thirty_lines_backs_up_lists_restores_and_prunes()
    {
        string source = feed.Make("source"), target = feed["target"];
        File.WriteAllText(Path.Combine(source, "letter.txt"), "Dear reader");
        string output = feed.RunSample("BackUpAndRestore", source, feed["repository"], target);
        Assert.Equal("Dear reader", File.ReadAllText(Path.Combine(target, "letter.txt")));
        Assert.Contains($" {source}\nrestored\npruned: ", output, StringComparison.Ordinal);
        Assert.InRange(File.ReadLines(Path.Combine(PackageFeed.Root, "docs/samples/BackUpAndRestore/Program.cs")).Count(), 1, MaxLines);
    }

    [Fact]
    public void A_trimmed_program_backs_up_and_restores_and_trimming_it_warns_of_nothing()
    {
        string source = feed.Make("trimmed-source"), folder = feed.CopySample("BackUpAndRestore"), target = feed["trimmed-target"];
        File.WriteAllText(Path.Combine(source, "letter.txt"), "Dear reader");
        PackageFeed.Dotnet(
            folder, "publish", "-c", "Release", "--use-current-runtime", "--self-contained", "-p:PublishTrimmed=true", "-p:TrimmerSingleWarn=false", "-warnaserror", "-nologo",
            "-o", feed["trimmed"]);
        PackageFeed.Run(feed[""], feed["trimmed/BackUpAndRestore"], source, feed["trimmed-repository"], target);
        Assert.Equal("Dear reader", File.ReadAllText(Path.Combine(target, "letter.txt")));
    }

    [Fact]
    public void An_application_keeps_every_version_of_its_data()
    {
        string output = feed.RunSample("VersionedNotes", feed["notes"]);
        Assert.Equal("version of 2026-01-01\nversion of 2026-01-02\nversion of 2026-01-03\non 2026-01-02: buy milk, call Ada\n", output);
    }

    [Fact]
    public void A_source_of_ones_own_is_backed_up_and_what_did_not_change_is_not_read_again() =>
        Assert.Equal("3 messages, 3 read\n4 messages, 1 read\nSubject: Lunch?\n", feed.RunSample("OwnSource", feed["mailbox"]));

    [Fact]
    public void A_store_of_ones_own_is_tried_out_with_the_contract_that_is_a_package()
    {
        string output = PackageFeed.Dotnet(feed.CopySample("OwnStore"), "test", "-nologo");
        Match passed = Regex.Match(output, @"Failed: +0, Passed: +(\d+), Skipped: +0");
        Assert.True(passed.Success, output);
        Assert.InRange(int.Parse(passed.Groups[1].Value, CultureInfo.InvariantCulture), LeastContractTests, int.MaxValue);
    }

    [Fact]
    public async Task A_service_backs_up_over_HTTP_and_an_exporter_sees_what_it_does()
    {
        string source = feed.Make("service-source");
        File.WriteAllText(Path.Combine(source, "letter.txt"), "Dear reader");
        await using SampleService service = await SampleService.StartAsync(
            feed.CopySample("BackupService"), $"--Repository={feed["service-repository"]}", "--Password=correct horse battery staple");
        Assert.Equal("Unhealthy", await service.GetAsync("/health"));
        await service.PostAsync($"/backups?folder={Uri.EscapeDataString(source)}");
        Assert.Equal("Healthy", await service.GetAsync("/health"));
        Assert.Contains(source, await service.GetAsync("/snapshots"), StringComparison.Ordinal);
        Assert.Equal("Dear reader", await service.GetAsync($"/snapshots/latest{source}/letter.txt"));

        string exported = await service.StopAsync();
        Assert.Contains("dedup.backup", exported, StringComparison.Ordinal);
        Assert.Contains("dedup.store.request.duration", exported, StringComparison.Ordinal);
        Assert.Matches(@"dedup\.bytes\.read[\s\S]*?Value: 11\b", exported);
    }

    [Fact]
    public void The_program_is_installed_as_a_tool_and_runs()
    {
        string source = feed.Make("tool-source");
        File.WriteAllText(Path.Combine(source, "letter.txt"), "Dear reader");
        PackageFeed.Dotnet(feed[""], "tool", "install", "Dedup.Tool", "--version", "0.1.0", "--tool-path", feed["tools"]);
        string program = feed["tools/dedup"], repository = feed["tool-repository"], target = feed["tool-target"];
        PackageFeed.Run(feed[""], program, "backup", "--init", "--repo", repository, source);
        PackageFeed.Run(feed[""], program, "restore", "latest", "--repo", repository, "--target", target);
        Assert.Equal("Dear reader", File.ReadAllText(target + Path.Combine(source, "letter.txt")));
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private string[] NamesIn(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Folder, package));
        return [.. archive.Entries.Select(static entry => entry.FullName)];
    }

    private XElement ReadMetadata(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{package}.0.1.0.nupkg"));
        using Stream content = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(content).Root!.Elements().Single();
    }
}
