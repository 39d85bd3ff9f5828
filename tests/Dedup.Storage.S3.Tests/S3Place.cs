using System.Security.Cryptography;

namespace Dedup.Storage.S3.Tests;

/// <summary>A place for one repository on the server, and what other processes need to find it.</summary>
internal sealed class S3Place
{
    private readonly S3StoreOptions _options;

    private S3Place(S3StoreOptions options) => _options = options;

    /// <summary>As on the command line.</summary>
    public string Location => _options.Location.ToString();

    /// <summary>The variables that a process needs.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = EnvironmentOf(CephServer.OwnerKey, CephServer.OwnerSecret);

    public static async Task<S3Place> MakeAsync(CephServer server) =>
        new(server.Options(await server.MakeBucketAsync(), RandomNumberGenerator.GetHexString(8, lowercase: true)));

    /// <summary>The variables of a process that uses this key.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(string key, string secret) => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = key,
        ["AWS_SECRET_ACCESS_KEY"] = secret,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public S3Store Open() => new(_options);
}
