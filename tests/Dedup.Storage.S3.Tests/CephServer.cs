using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dedup.Storage.S3.Tests;

/// <summary>What tests know of the server that all of them share: a gateway of Ceph on this machine, or the server that <see cref="ServerProcess"/> is told of.</summary>
public sealed class CephServer : IDisposable
{
    private static readonly Lazy<ServerProcess> Shared = new(static () => new ServerProcess());

    private static readonly HashSet<string> Users = [];

    private static int _buckets;

    public CephServer()
    {
        Endpoint = Shared.Value.Endpoint;
        Client = ClientOf(OwnerKey, OwnerSecret);
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Of the owner of all buckets, to prepare what a test needs.</summary>
    public AmazonS3Client Client { get; }

    internal static string OwnerKey => Shared.Value.OwnerKey;

    internal static string OwnerSecret => Shared.Value.OwnerSecret;

    /// <summary>A client beside the one that is tested.</summary>
    public AmazonS3Client ClientOf(string key, string secret) => new(key, secret, new AmazonS3Config
    {
        ServiceURL = Endpoint.ToString(),
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    });

    /// <summary>Makes a user with a key, unless it is there.</summary>
    internal static void RequireUser(string name, string key, string secret)
    {
        lock (Users)
        {
            if (Users.Add(name))
            {
                Shared.Value.AddUser(name, key, secret);
            }
        }
    }

    /// <summary>Makes a bucket of its own for a test.</summary>
    public async Task<string> MakeBucketAsync(bool isLockable = false)
    {
        string bucket = $"bucket-{Environment.ProcessId}-{Interlocked.Increment(ref _buckets)}";
        await Client.PutBucketAsync(new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = isLockable });
        return bucket;
    }

    /// <summary>Options of a store in a bucket here. What stands still because this machine is busy is waited for.</summary>
    public S3StoreOptions Options(string bucket, string prefix = "") => new()
    {
        Location = new S3Location(Endpoint, bucket, prefix),
        Credentials = new S3Credentials(OwnerKey, OwnerSecret),
        InactivityTimeout = TimeSpan.FromMinutes(5),
    };

    public void Dispose() => Client.Dispose();
}
