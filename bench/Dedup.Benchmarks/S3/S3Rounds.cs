using System.Diagnostics;
using System.Globalization;
using Dedup.Storage.S3.Tests.Proxy;

namespace Dedup.Benchmarks;

/// <summary>Carries out the measurements, one after the other, so that a disturbance meets all alike.</summary>
internal sealed class S3Rounds : IDisposable
{
    internal const string PlainPut = "plain PUT, {0} at once", PlainGet = "plain GET, {0} at once", PlainRange = "plain GET of a range that is all, {0} at once";
    internal const string BackUp = "backup", Restore = "restore", Check = "check of the structure";
    internal const string AtOnce = ", proxy 0 ms", Later = ", proxy 50 ms";

    /// <summary>How many plain requests are under way at once: the better of both is what the engine is measured against.</summary>
    internal static readonly int[] Parallel = [4, 16];

    private const int Files = 10_000, FilesPerDirectory = 100, Megabyte = 1_000_000;
    private const string Prefix = "web1";

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly S3Results _results;
    private readonly ScratchFolder _scratch = new();
    private readonly CephGateway _gateway = new();
    private readonly string _source, _sample;

    public S3Rounds(S3Results results, int megabytes)
    {
        _results = results;
        _source = _scratch.NewPath();
        _sample = Path.Combine(_source, "d0");
        int length = (int)((long)megabytes * Megabyte / Files);
        for (int i = 0; i < Files; i++)
        {
            string directory = Path.Combine(_source, $"d{i / FilesPerDirectory % 10}", $"d{i / FilesPerDirectory / 10:d2}");
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(Path.Combine(directory, $"f{i:d6}"), SyntheticData.Make(DataKind.Random, length, seed: (ulong)i + 100));
        }
    }

    /// <summary>One round of everything.</summary>
    public async Task RunAsync()
    {
        string bucket = await _gateway.MakeBucketAsync().ConfigureAwait(false);
        await RunEngineAsync(_gateway.Endpoint, bucket, "", async () =>
        {
            string lengths = _scratch.NewPath();
            await File.WriteAllLinesAsync(lengths, (await _gateway.LengthsAsync(bucket, Prefix + "/").ConfigureAwait(false)).Select(length => length.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
            foreach (int parallel in Parallel)
            {
                await MeasurePlainAsync(lengths, parallel).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);

        foreach ((string suffix, TimeSpan delay) in ((string, TimeSpan)[])[(AtOnce, TimeSpan.Zero), (Later, Delay)])
        {
            FaultyProxy proxy = new(_gateway.Endpoint, seed: 1);
            await using (proxy.ConfigureAwait(false))
            {
                if (delay > TimeSpan.Zero)
                {
                    proxy.Add(new ProxyRule(ProxyFaults.Delay(delay)));
                }

                await RunEngineAsync(proxy.Endpoint, await _gateway.MakeBucketAsync().ConfigureAwait(false), suffix, () => Task.CompletedTask).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _scratch.Dispose();
    }

    private S3Row MeasureApart(string kind, Uri endpoint, string bucket, string prefix, params string[] rest)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["s3", S3Command.Point, kind, endpoint.ToString(), bucket, prefix, .. rest]) { RedirectStandardOutput = true };
        start.Environment[S3Meter.ServerVariable] = _gateway.Processes;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? S3Row.Parse(output.Trim())
            : throw new InvalidOperationException($"The measurement '{kind}' failed with exit code {process.ExitCode}.");
    }

    private async Task MeasurePlainAsync(string lengths, int parallel)
    {
        string count = parallel.ToString(CultureInfo.InvariantCulture);
        string bucket = await _gateway.MakeBucketAsync().ConfigureAwait(false);
        foreach ((string name, string kind) in ((string, string)[])[(PlainPut, "put"), (PlainGet, "get"), (PlainRange, "get-range")])
        {
            _results.Add(string.Format(CultureInfo.InvariantCulture, name, count), MeasureApart(kind, _gateway.Endpoint, bucket, Prefix, lengths, count));
        }

        await _gateway.EmptyAsync(bucket).ConfigureAwait(false);
    }

    private async Task RunEngineAsync(Uri endpoint, string bucket, string suffix, Func<Task> between)
    {
        string target = _scratch.NewPath(), cache = _scratch.NewPath(), otherCache = _scratch.NewPath();
        _results.Add(BackUp + suffix, MeasureApart("backup", endpoint, bucket, Prefix, _sample, cache, _source));
        await between().ConfigureAwait(false);

        // With an empty cache, as on another machine.
        _results.Add(Restore + suffix, MeasureApart("restore", endpoint, bucket, Prefix, _sample, otherCache, target));
        _results.Add(Check + suffix, MeasureApart("check", endpoint, bucket, Prefix, _sample, otherCache));
        Directory.Delete(target, recursive: true);
        await _gateway.EmptyAsync(bucket).ConfigureAwait(false);
    }
}
