using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dedup.Storage.S3.Tests;

/// <summary>A gateway of Ceph on this machine, which speaks S3; started once for all tests, and ended with them however they end.</summary>
public sealed class CephServer : IDisposable
{
    internal const string OwnerKey = "OWNERKEY", OwnerSecret = "ownerSecret0123456789";

    // Below the ports that Linux gives to clients, and each server takes 41 of them.
    private const int FirstPort = 20_000, Ports = 12_000, PortsEach = 41, PortTaken = 3;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dedup-ceph-{Environment.ProcessId}");
    private readonly HashSet<string> _users = [];
    private int _buckets;

    public CephServer()
    {
        // Where the search begins depends on the process: several may run their tests at once.
        int slots = Ports / PortsEach;
        for (int i = 0; i < slots; i++)
        {
            int port = FirstPort + ((Environment.ProcessId + i) % slots * PortsEach);
            (int code, string said) = Run("start", _folder, Text(port), Text(Environment.ProcessId));
            if (code == 0)
            {
                Endpoint = new Uri($"http://127.0.0.1:{port}");
                Client = ClientOf(OwnerKey, OwnerSecret);
                return;
            }

            if (code != PortTaken)
            {
                throw new InvalidOperationException(said);
            }
        }

        throw new InvalidOperationException("no port is free for the S3 server");
    }

    public Uri Endpoint { get; } = new("http://127.0.0.1");

    /// <summary>Of the owner of all buckets, to prepare what a test needs.</summary>
    public AmazonS3Client Client { get; } = null!;

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
    public void RequireUser(string name, string key, string secret)
    {
        if (!_users.Add(name))
        {
            return;
        }

        (int code, string said) = Run("user", _folder, name, key, secret);
        if (code != 0)
        {
            throw new InvalidOperationException(said);
        }
    }

    /// <summary>Makes a bucket of its own for a test.</summary>
    public async Task<string> MakeBucketAsync(bool isLockable = false)
    {
        string bucket = $"bucket-{Interlocked.Increment(ref _buckets)}";
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

    public void Dispose()
    {
        Client.Dispose();
        Run("stop", _folder);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (int Code, string Said) Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "ceph-rgw.sh"), .. arguments]) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
