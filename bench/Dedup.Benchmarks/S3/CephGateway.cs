using System.Diagnostics;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using Dedup.Storage.S3;

namespace Dedup.Benchmarks;

/// <summary>A gateway of Ceph on this machine, all data in memory (tests/s3/ceph-rgw.sh), for the time of a measurement.</summary>
internal sealed class CephGateway : IDisposable
{
    private const int FirstPort = 32_010, PortsEach = 41, Tries = 10, PortTaken = 3;

    /// <summary>For a gigabyte in four places, and what deleted objects hold until the gateway has collected them.</summary>
    private const string Memory = "8589934592";

    private static readonly string[] Parts = ["rgw", "osd", "mon"];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dedup-bench-ceph-{Environment.ProcessId}");
    private readonly S3Connection _connection;
    private int _buckets;

    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public CephGateway()
    {
        (int code, string said, int port) = (PortTaken, "", FirstPort - PortsEach);
        for (int i = 0; i < Tries && code == PortTaken; i++)
        {
            port += PortsEach;
            (code, said) = Run("start", _folder, Text(port), Text(Environment.ProcessId));
        }

        Endpoint = code == 0 ? new Uri($"http://127.0.0.1:{port}") : throw new InvalidOperationException(said);
        _connection = new S3Place(Endpoint, "none", "").Connect();
    }

    public Uri Endpoint { get; }

    /// <summary>The numbers of its processes, commas between.</summary>
    public string Processes => string.Join(',', Parts.Select(part => File.ReadAllText(Path.Combine(_folder, part + ".pid")).Split(' ')[0]));

    public async Task<string> MakeBucketAsync()
    {
        string bucket = $"bench-{++_buckets}";
        await CallAsync(client => client.PutBucketAsync(new PutBucketRequest { BucketName = bucket })).ConfigureAwait(false);
        return bucket;
    }

    /// <summary>The lengths of the objects whose keys begin so.</summary>
    public async Task<long[]> LengthsAsync(string bucket, string prefix) => [.. (await ListAsync(bucket, prefix).ConfigureAwait(false)).Select(found => found.Size ?? 0)];

    /// <summary>Deletes all objects of a bucket: the memory they take is needed.</summary>
    public async Task EmptyAsync(string bucket)
    {
        foreach (S3Object found in await ListAsync(bucket, "").ConfigureAwait(false))
        {
            await CallAsync(client => client.DeleteObjectAsync(bucket, found.Key)).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        Run("stop", _folder);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static (int Code, string Said) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("bash", [Path.Combine(AppContext.BaseDirectory, "ceph-rgw.sh"), .. arguments]) { RedirectStandardError = true };
        start.Environment["CEPH_RGW_MEMORY"] = Memory;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private Task<T> CallAsync<T>(Func<IAmazonS3, Task<T>> send) => _connection.CallAsync(new S3Attempt("prepare", "", ""), (client, _) => send(client), CancellationToken.None);

    private async Task<List<S3Object>> ListAsync(string bucket, string prefix)
    {
        List<S3Object> all = [];
        string? token = null;
        do
        {
            ListObjectsV2Response page = await CallAsync(client => client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, ContinuationToken = token })).ConfigureAwait(false);
            all.AddRange(page.S3Objects ?? []);
            token = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (token is not null);

        return all;
    }
}
