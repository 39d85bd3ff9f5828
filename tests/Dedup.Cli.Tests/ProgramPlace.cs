using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Cli.Tests;

/// <summary>Where the repositories of a program lie: here, folders. The tests on S3 are compiled with another class of this name.</summary>
/// <param name="files">The scratch directory of the program.</param>
internal sealed class ProgramPlace(ScratchDirectory files)
{
    /// <summary>The variables that the program needs to get there.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>What a repository is called on the command line.</summary>
    public string Locate(string name) => files[name];

    /// <summary>Opens the store of a repository, whether there is one or not.</summary>
    public IObjectStore Open(string name) => LocalStore.Create(files[name]);
}
