using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dedup.Storage.S3;

/// <summary>Reads ranges of objects, and their lengths.</summary>
internal sealed class S3Reader(S3Connection connection, S3StoreOptions options)
{
    /// <summary>What a server says of an object that is not there.</summary>
    public const string NoSuchKey = "NoSuchKey";

    // No object is so long (S3: 50 TiB), and no server need understand such numbers.
    private const long LongestObject = 1L << 50;

    /// <inheritdoc cref="IObjectStore.ReadAsync"/>
    public async Task<int> ReadAsync(ObjectName name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (destination.IsEmpty || offset > LongestObject)
        {
            return await InfoAsync(name, cancellationToken).ConfigureAwait(false) is null ? throw new ObjectNotFoundException(name, connection.Location) : 0;
        }

        try
        {
            return await connection.CallAsync(S3Attempt.Read(name), (client, watch) => GetAsync(client, name, offset, destination, watch), cancellationToken).ConfigureAwait(false);
        }
        catch (S3ReplyException reply) when (reply.Code == NoSuchKey)
        {
            throw new ObjectNotFoundException(name, connection.Location);
        }
        catch (S3ReplyException reply) when (reply.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }
    }

    /// <inheritdoc cref="IObjectStore.InfoAsync"/>
    public async Task<ObjectInfo?> InfoAsync(ObjectName name, CancellationToken cancellationToken)
    {
        S3Attempt attempt = S3Attempt.Ask(name);
        try
        {
            return new ObjectInfo(name, await connection.CallAsync(attempt, (client, watch) => HeadAsync(client, name, watch), cancellationToken).ConfigureAwait(false));
        }
        catch (S3ReplyException)
        {
            // A reply to HEAD has no body and does not say why: that the bucket is missing looks as if the object were. A read of one byte says it.
        }

        try
        {
            return new ObjectInfo(name, await connection.CallAsync(attempt, (client, watch) => MeasureAsync(client, name, watch), cancellationToken).ConfigureAwait(false));
        }
        catch (S3ReplyException reply) when (reply.Code == NoSuchKey)
        {
            return null;
        }
        catch (S3ReplyException reply) when (reply.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return new ObjectInfo(name, 0);
        }
    }

    private static bool TryReadRange(string? text, out long start, out long total)
    {
        // "bytes 0-99/1234"
        start = total = 0;
        string[] parts = (text ?? "").Split(' ', '-', '/');
        return parts.Length == 4 && long.TryParse(parts[1], out start) && long.TryParse(parts[3], out total);
    }

    private GetObjectRequest Range(ObjectName name, long offset, int length) => new()
    {
        BucketName = options.Location.Bucket,
        Key = options.Location.KeyPrefix + name.Value,
        ByteRange = new ByteRange(offset, offset + length - 1),
    };

    private async Task<long> HeadAsync(IAmazonS3 client, ObjectName name, Inactivity watch) => (await client.GetObjectMetadataAsync(
        new GetObjectMetadataRequest { BucketName = options.Location.Bucket, Key = options.Location.KeyPrefix + name.Value }, watch.Token).ConfigureAwait(false)).ContentLength;

    private async Task<long> MeasureAsync(IAmazonS3 client, ObjectName name, Inactivity watch)
    {
        using GetObjectResponse response = await client.GetObjectAsync(Range(name, 0, 1), watch.Token).ConfigureAwait(false);
        return TryReadRange(response.ContentRange, out _, out long total) ? total : response.ContentLength;
    }

    private async Task<int> GetAsync(IAmazonS3 client, ObjectName name, long offset, Memory<byte> destination, Inactivity watch)
    {
        using GetObjectResponse response = await client.GetObjectAsync(Range(name, offset, destination.Length), watch.Token).ConfigureAwait(false);
        int length = ExpectedLength(response, name, offset, destination.Length);
        int read = 0;
        while (read < length)
        {
            int count = await response.ResponseStream.ReadAsync(destination[read..length], watch.Token).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException($"the reply ended after {read} of {length} bytes");
            }

            watch.Touch();
            read += count;
        }

        return read;
    }

    // The range that was asked for as far as the object goes, and nothing else: what a proxy or a broken server sends instead is no data.
    private int ExpectedLength(GetObjectResponse response, ObjectName name, long offset, int wanted)
    {
        bool isRange = response.HttpStatusCode == HttpStatusCode.PartialContent;
        bool isWhole = response.HttpStatusCode == HttpStatusCode.OK && offset == 0 && response.ContentLength <= wanted;
        long start = 0;
        long total = response.ContentLength;
        bool isUnderstood = isRange ? TryReadRange(response.ContentRange, out start, out total) : isWhole;
        return isUnderstood && start == offset && response.ContentLength == Math.Min(wanted, total - offset)
            ? (int)response.ContentLength
            : throw new StoreException(
                $"{connection.Location}/{name}: the server sent another range than was asked for ('{S3Failures.OneLine(response.ContentRange)}', {response.ContentLength} bytes); see what lies between here and the server");
    }
}
