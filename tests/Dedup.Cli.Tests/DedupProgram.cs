using System.Diagnostics;
using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Cli.Tests;

/// <summary>Runs the real program as a process of its own, with a repository, password and cache of its own.</summary>
internal sealed class DedupProgram : IDisposable
{
    public const string Password = TestRepository.Password;

    // The program that tests/run has compiled ahead, as users have it; else that beside the tests, which refer to its project.
    private static readonly string Executable =
        Environment.GetEnvironmentVariable("DEDUP_TEST_PROGRAM") is { Length: > 0 } program ? program : Path.Combine(AppContext.BaseDirectory, "Dedup.Cli");

    private readonly Dictionary<string, string?> _environment = [];
    private readonly ProgramPlace _place;

    public DedupProgram()
    {
        _place = new ProgramPlace(Files);
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("DEDUP_", StringComparison.Ordinal) || name.StartsWith("AWS_", StringComparison.Ordinal))
            {
                _environment[name] = null;
            }
        }

        foreach ((string name, string value) in _place.Environment)
        {
            _environment[name] = value;
        }

        _environment["DEDUP_REPOSITORY"] = Location;
        _environment["DEDUP_PASSWORD"] = Password;
        _environment["DEDUP_CACHE_DIR"] = Files["cache"];
        _environment["TZ"] = "UTC";
    }

    /// <summary>Where everything of this program lies but its repositories: <c>cache</c>, and what tests put there.</summary>
    public ScratchDirectory Files { get; } = new();

    /// <summary>The repository that the program works on unless it is told another.</summary>
    public string Location => Locate("repository");

    /// <summary>What another repository is called on the command line.</summary>
    public string Locate(string name) => _place.Locate(name);

    /// <summary>The objects of a repository.</summary>
    public StoredObjects Objects(string name = "repository") => new(() => _place.Open(name));

    /// <summary>Opens the store of a repository.</summary>
    public IObjectStore Open(string name = "repository") => _place.Open(name);

    /// <summary>Makes the repository with a password that costs less than one that <c>init</c> makes.</summary>
    public DedupProgram MakeRepository()
    {
        Task.Run(async () =>
        {
            await using IObjectStore store = _place.Open("repository");
            await TestRepository.MakeAsync(store, Files.Path, new CreateOptions().AverageChunkLength);
        }).GetAwaiter().GetResult();
        return this;
    }

    /// <summary>Sets or, with null, removes a variable of the program's environment.</summary>
    public DedupProgram With(string name, string? value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Runs the program to its end, without a terminal.</summary>
    public ProgramResult Run(params string[] arguments)
    {
        using Process process = Start(Executable, arguments);
        return Checked(arguments, Finish(process));
    }

    /// <summary>Runs the program by another one, which gets its path and arguments as its last arguments.</summary>
    public ProgramResult RunBy(string[] wrapper, params string[] arguments)
    {
        using Process process = StartBy(wrapper, arguments);
        return Checked(arguments, Finish(process));
    }

    /// <summary>Starts the program by another one that becomes it.</summary>
    public Process StartBy(string[] wrapper, params string[] arguments) => Start(wrapper[0], [.. wrapper[1..], Executable, .. arguments]);

    public static ProgramResult Finish(Process process)
    {
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Makes a file below the scratch directory.</summary>
    /// <returns>Its absolute path.</returns>
    public string Write(string relative, string content)
    {
        string path = Files[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Files.Dispose();

    private static ProgramResult Checked(string[] arguments, ProgramResult result)
    {
        JsonOutputCheck.Check(arguments, result);
        return result;
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Files.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in _environment)
        {
            start.Environment[name] = value;
            if (value is null)
            {
                start.Environment.Remove(name);
            }
        }

        return Process.Start(start)!;
    }
}
