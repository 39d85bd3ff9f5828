using System.Diagnostics;
using System.Runtime.CompilerServices;
using Dedup.TestSupport;

namespace Dedup.Packages.Tests;

/// <summary>
/// A folder with the project's packages and nothing else, as somebody has it who downloaded them, and programs outside of the solution that are made with it. What the
/// packages depend on comes from where this machine keeps packages; no network is needed.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private const string NoSettings = "<Project />";

    private readonly ScratchDirectory _scratch = new();

    /// <summary>Packs all that is a package, as it was built.</summary>
    public PackageFeed()
    {
        Folder = _scratch.Make("feed");
        string user = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(_scratch["nuget.config"], $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_scratch["packages"]}" /></config>
              <packageSources><clear /><add key="feed" value="{Folder}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="user" value="{user}" /></fallbackPackageFolders>
            </configuration>
            """);

        // The solution's own settings end here: what is made below has none but its own.
        File.WriteAllText(_scratch["Directory.Build.props"], NoSettings);
        File.WriteAllText(_scratch["Directory.Packages.props"], NoSettings);
        Dotnet(Root, "pack", "Dedup.sln", "-c", "Release", "--no-build", "-o", Folder, "-nologo");
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the packages lie.</summary>
    public string Folder { get; }

    /// <summary>The path of something in the scratch folder.</summary>
    public string this[string relative] => _scratch[relative];

    /// <summary>Makes a new folder.</summary>
    public string Make(string relative) => _scratch.Make(relative);

    /// <summary>Copies a sample out of the solution, builds it and runs it.</summary>
    /// <returns>What it wrote.</returns>
    public string RunSample(string name, params string[] arguments) => Dotnet(CopySample(name), ["run", "--", .. arguments]);

    /// <summary>Copies a sample out of the solution.</summary>
    /// <returns>Its folder.</returns>
    public string CopySample(string name)
    {
        string folder = Make(name);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Root, "docs", "samples", name)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        return folder;
    }

    /// <summary>Runs the SDK.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Dotnet(string folder, params string[] arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program without the settings of the build that runs this test.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = Prepare(folder, program, arguments);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        string messages = errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{messages}");
    }

    /// <summary>How a program is started without the settings of the build that runs this test.</summary>
    public static ProcessStartInfo Prepare(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DEDUP_PASSWORD"] = "correct horse battery staple";
        return start;
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (string? folder = File.Exists(here) ? here : AppContext.BaseDirectory; (folder = Path.GetDirectoryName(folder)) is not null;)
        {
            if (File.Exists(Path.Combine(folder, "Dedup.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("Dedup.sln lies in no folder above the test.");
    }
}
