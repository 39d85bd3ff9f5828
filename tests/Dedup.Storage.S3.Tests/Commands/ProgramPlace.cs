using System.Security.Cryptography;
using Dedup.Storage;
using Dedup.Storage.S3;
using Dedup.Storage.S3.Tests;
using Dedup.TestSupport;

namespace Dedup.Cli.Tests;

/// <summary>Where the repositories of a program lie: here, a bucket of a real server, with a prefix for each program.</summary>
internal sealed class ProgramPlace
{
    private static readonly Lazy<(CephServer Server, string Bucket)> Shared = new(static () =>
    {
        CephServer server = new();
        return (server, Task.Run(() => server.MakeBucketAsync()).GetAwaiter().GetResult());
    });

    private readonly string _prefix = RandomNumberGenerator.GetHexString(8, lowercase: true);

    /// <param name="files">The scratch directory of the program, in which no repository lies.</param>
    public ProgramPlace(ScratchDirectory files) => ArgumentNullException.ThrowIfNull(files);

    /// <summary>The variables that the program needs to get there.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = S3Place.EnvironmentOf(CephServer.OwnerKey, CephServer.OwnerSecret);

    /// <summary>What a repository is called on the command line.</summary>
    public string Locate(string name) => Options(name).Location.ToString();

    /// <summary>Opens the store of a repository, whether there is one or not.</summary>
    public IObjectStore Open(string name) => new S3Store(Options(name));

    private S3StoreOptions Options(string name) => Shared.Value.Server.Options(Shared.Value.Bucket, $"{_prefix}/{name}");
}
