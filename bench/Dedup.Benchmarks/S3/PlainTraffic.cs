using Amazon.S3.Model;
using Dedup.Storage.S3;

namespace Dedup.Benchmarks;

/// <summary>
/// Objects that are put and got by the SDK alone, so many at once, with the settings of the store's own client: what a backup and a restore are
/// measured against.
/// </summary>
/// <param name="place">Where they lie.</param>
/// <param name="lengths">The length of each object in bytes.</param>
/// <param name="parallel">How many requests are under way at once.</param>
internal sealed class PlainTraffic(S3Place place, long[] lengths, int parallel)
{
    private const int WarmUps = 32, WarmUpLength = 4 << 20;

    /// <summary>Puts all objects.</summary>
    public async Task<S3Row> PutAsync()
    {
        using S3Connection connection = place.Connect();
        byte[] content = SyntheticData.Make(DataKind.Random, (int)lengths.Max(), seed: 3);
        await RunAsync(Enumerable.Repeat((long)WarmUpLength, WarmUps), (i, length, _) => PutAsync(connection, $"warm/{i}", content, length)).ConfigureAwait(false);
        return await S3Meter.MeasureAsync(async () =>
        {
            await RunAsync(lengths, (i, length, _) => PutAsync(connection, $"plain/{i}", content, length)).ConfigureAwait(false);
            return (lengths.Sum(), lengths.Length);
        }).ConfigureAwait(false);
    }

    /// <summary>Gets all objects into memory.</summary>
    /// <param name="asRange">Whether as a range that is the whole object: the SDK checks the MD5 of a whole one itself, and not that of a range.</param>
    public async Task<S3Row> GetAsync(bool asRange)
    {
        using S3Connection connection = place.Connect();
        byte[][] buffers = [.. Enumerable.Range(0, parallel).Select(_ => new byte[lengths.Max()])];
        await RunAsync(Enumerable.Repeat((long)WarmUpLength, WarmUps), (i, length, worker) => GetAsync(connection, $"warm/{i}", buffers[worker], length, asRange)).ConfigureAwait(false);
        Array.ForEach(buffers, static buffer => buffer.AsSpan().Fill(1));
        return await S3Meter.MeasureAsync(async () =>
        {
            await RunAsync(lengths, (i, length, worker) => GetAsync(connection, $"plain/{i}", buffers[worker], length, asRange)).ConfigureAwait(false);
            return (lengths.Sum(), lengths.Length);
        }).ConfigureAwait(false);
    }

    private async Task RunAsync(IEnumerable<long> objects, Func<int, long, int, Task> work)
    {
        Queue<(int Number, long Length)> queue = new(objects.Select((length, i) => (i, length)));
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(worker => Task.Run(async () =>
        {
            while (true)
            {
                (int Number, long Length) next;
                lock (queue)
                {
                    if (!queue.TryDequeue(out next))
                    {
                        return;
                    }
                }

                await work(next.Number, next.Length, worker).ConfigureAwait(false);
            }
        }))).ConfigureAwait(false);
    }

    private string KeyOf(string name) => $"{place.Options.Location.KeyPrefix}{name}";

    private Task<PutObjectResponse> PutAsync(S3Connection connection, string name, byte[] content, long length) => connection.CallAsync(
        new S3Attempt("put", name, ""),
        async (client, watch) =>
        {
            using MemoryStream body = new(content, 0, (int)length, writable: false);
            PutObjectRequest request = new()
            {
                BucketName = place.Bucket,
                Key = KeyOf(name),
                InputStream = body,
                UseChunkEncoding = false,
            };
            return await client.PutObjectAsync(request, watch.Token).ConfigureAwait(false);
        },
        CancellationToken.None);

    private Task<bool> GetAsync(S3Connection connection, string name, byte[] buffer, long length, bool asRange) => connection.CallAsync(
        new S3Attempt("get", name, ""),
        async (client, watch) =>
        {
            GetObjectRequest request = new() { BucketName = place.Bucket, Key = KeyOf(name), ByteRange = asRange ? new ByteRange(0, length - 1) : null };
            using GetObjectResponse response = await client.GetObjectAsync(request, watch.Token).ConfigureAwait(false);
            await response.ResponseStream.ReadExactlyAsync(buffer.AsMemory(0, (int)length), watch.Token).ConfigureAwait(false);
            return true;
        },
        CancellationToken.None);
}
