using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Dedup.Storage.S3;

/// <summary>Writes whole objects that are not there yet: in one request, or, longer ones, in parts.</summary>
internal sealed class S3Writer(S3Connection connection, S3StoreOptions options)
{
    private const string FirstOnly = "*";

    // S3's own limit.
    private const int MaxParts = 10_000;

    private static readonly HashSet<string> LockedFolders = ["packs", "index", "snapshots"];

    /// <inheritdoc cref="IObjectStore.PutIfAbsentAsync(ObjectName, IReadOnlyList{ReadOnlyMemory{byte}}, CancellationToken)"/>
    public async Task<bool> WriteAsync(ObjectName name, ReadOnlyMemory<byte>[] segments, CancellationToken cancellationToken)
    {
        DateTimeOffset? lockedUntil = await LockedUntilAsync(name, cancellationToken).ConfigureAwait(false);
        long length = segments.Sum(static segment => (long)segment.Length);
        try
        {
            return length > options.MultipartThreshold
                ? await WritePartsAsync(name, segments, length, lockedUntil, cancellationToken).ConfigureAwait(false)
                : await connection.CallAsync(S3Attempt.Write(name), (client, watch) => PutAsync(client, name, segments, lockedUntil, watch), cancellationToken).ConfigureAwait(false);
        }
        catch (S3ReplyException reply) when (reply.Status == HttpStatusCode.PreconditionFailed)
        {
            // S3 says so only of an object that is stored for good.
            return false;
        }
    }

    /// <inheritdoc cref="IObjectStore.LockAsync"/>
    public async Task<DateTimeOffset?> LockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        if (await LockedUntilAsync(name, cancellationToken).ConfigureAwait(false) is not { } until)
        {
            return null;
        }

        try
        {
            await LockAsync(name, until, cancellationToken).ConfigureAwait(false);
            return until;
        }
        catch (S3ReplyException reply) when (reply.Code == S3Reader.NoSuchKey)
        {
            throw new ObjectNotFoundException(name, connection.Location);
        }
        catch (StoreException failure) when (!failure.IsTransient)
        {
            // A lock that lasts longer, such as one made with more days than are set now, cannot be made shorter: nor shall it.
            if (await ReadLockAsync(name, cancellationToken).ConfigureAwait(false) is { } longer && longer >= until)
            {
                return longer;
            }

            throw;
        }
    }

    private async Task<DateTimeOffset?> ReadLockAsync(ObjectName name, CancellationToken cancellationToken)
    {
        try
        {
            GetObjectRetentionResponse response = await connection.CallAsync(
                S3Attempt.ReadLock(name),
                (client, watch) => client.GetObjectRetentionAsync(
                    new GetObjectRetentionRequest { BucketName = options.Location.Bucket, Key = options.Location.KeyPrefix + name.Value }, watch.Token),
                cancellationToken).ConfigureAwait(false);
            return response.Retention?.RetainUntilDate is { } until ? new DateTimeOffset(until.ToUniversalTime()) : null;
        }
        catch (StoreException)
        {
            // The caller tells why the lock was refused in the first place.
            return null;
        }
    }

    private async Task LockAsync(ObjectName name, DateTimeOffset until, CancellationToken cancellationToken) => await connection.CallAsync(
        S3Attempt.Lock(name),
        (client, watch) => client.PutObjectRetentionAsync(
            new PutObjectRetentionRequest
            {
                BucketName = options.Location.Bucket,
                Key = options.Location.KeyPrefix + name.Value,
                Retention = new ObjectLockRetention
                {
                    Mode = options.LockMode == S3LockMode.Compliance ? ObjectLockRetentionMode.Compliance : ObjectLockRetentionMode.Governance,
                    RetainUntilDate = until.UtcDateTime,
                },
            },
            watch.Token),
        cancellationToken).ConfigureAwait(false);

    private async Task<bool> PutAsync(IAmazonS3 client, ObjectName name, ReadOnlyMemory<byte>[] segments, DateTimeOffset? lockedUntil, Inactivity watch)
    {
        using BodyStream body = new(segments, watch.Touch);
        PutObjectRequest request = new()
        {
            BucketName = options.Location.Bucket,
            Key = options.Location.KeyPrefix + name.Value,
            InputStream = body,
            AutoCloseStream = false,
            IfNoneMatch = FirstOnly,
            UseChunkEncoding = false,
            // Over TLS nobody on the way can change a body: there the signature covers it only where that is how the server is to check it.
            DisablePayloadSigning = !connection.IsPlain && options.Checksum != S3Checksum.Sha256,
            StorageClass = StorageClass(name),
        };
        switch (options.Checksum)
        {
            case S3Checksum.Sha256 when lockedUntil is null:
                break;
            case S3Checksum.Crc32C:
                request.ChecksumCRC32C = BodyChecksum.Crc32C(segments);
                break;
            case S3Checksum.Crc64Nvme:
                request.ChecksumCRC64NVME = BodyChecksum.Crc64(segments);
                break;
            default:
                // With a lock Amazon wants one of the others.
                request.MD5Digest = BodyChecksum.Md5(segments);
                break;
        }

        if (lockedUntil is { } until)
        {
            request.ObjectLockMode = LockMode;
            request.ObjectLockRetainUntilDate = until.UtcDateTime;
        }

        await client.PutObjectAsync(request, watch.Token).ConfigureAwait(false);
        return true;
    }

    // Parts carry Content-MD5 whatever the setting: the sums of parts would have to be announced and repeated at the end.
    private async Task<bool> WritePartsAsync(
        ObjectName name, ReadOnlyMemory<byte>[] segments, long length, DateTimeOffset? lockedUntil, CancellationToken cancellationToken)
    {
        S3Attempt attempt = S3Attempt.Write(name);
        string upload = await connection.CallAsync(attempt, (client, watch) => BeginAsync(client, name, lockedUntil, watch), cancellationToken).ConfigureAwait(false);
        bool isDone = false;
        try
        {
            long partLength = Math.Max(options.PartLength, (length + MaxParts - 1) / MaxParts);
            List<PartETag> parts = [];
            for (long offset = 0; offset < length; offset += partLength)
            {
                ReadOnlyMemory<byte>[] part = Slice(segments, offset, Math.Min(partLength, length - offset));
                int number = parts.Count + 1;
                parts.Add(await connection.CallAsync(attempt, (client, watch) => PutPartAsync(client, name, upload, number, part, watch), cancellationToken).ConfigureAwait(false));
            }

            await connection.CallAsync(attempt, (client, watch) => CompleteAsync(client, name, upload, parts, watch), cancellationToken).ConfigureAwait(false);
            isDone = true;
            if (lockedUntil is { } until)
            {
                // Some servers (Ceph 16) forget what was asked for at the beginning.
                await LockAsync(name, until, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            if (!isDone)
            {
                await AbandonAsync(name, upload).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> BeginAsync(IAmazonS3 client, ObjectName name, DateTimeOffset? lockedUntil, Inactivity watch)
    {
        InitiateMultipartUploadRequest request = new()
        {
            BucketName = options.Location.Bucket,
            Key = options.Location.KeyPrefix + name.Value,
            StorageClass = StorageClass(name),
        };
        if (lockedUntil is { } until)
        {
            request.ObjectLockMode = LockMode;
            request.ObjectLockRetainUntilDate = until.UtcDateTime;
        }

        return (await client.InitiateMultipartUploadAsync(request, watch.Token).ConfigureAwait(false)).UploadId;
    }

    private async Task<PartETag> PutPartAsync(IAmazonS3 client, ObjectName name, string upload, int number, ReadOnlyMemory<byte>[] part, Inactivity watch)
    {
        using BodyStream body = new(part, watch.Touch);
        UploadPartRequest request = new()
        {
            BucketName = options.Location.Bucket,
            Key = options.Location.KeyPrefix + name.Value,
            UploadId = upload,
            PartNumber = number,
            PartSize = body.Length,
            InputStream = body,
            UseChunkEncoding = false,
            DisablePayloadSigning = !connection.IsPlain,
            MD5Digest = BodyChecksum.Md5(part),
        };
        return new PartETag(number, (await client.UploadPartAsync(request, watch.Token).ConfigureAwait(false)).ETag);
    }

    private async Task<bool> CompleteAsync(IAmazonS3 client, ObjectName name, string upload, List<PartETag> parts, Inactivity watch)
    {
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = options.Location.Bucket,
                Key = options.Location.KeyPrefix + name.Value,
                UploadId = upload,
                PartETags = parts,
                IfNoneMatch = FirstOnly,
            },
            watch.Token).ConfigureAwait(false);
        return true;
    }

    private async Task AbandonAsync(ObjectName name, string upload)
    {
        try
        {
            await connection.CallAsync(
                S3Attempt.Write(name),
                (client, watch) => client.AbortMultipartUploadAsync(options.Location.Bucket, options.Location.KeyPrefix + name.Value, upload, watch.Token),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The caller learns why it failed in the first place; parts that stay are for a lifecycle rule of the bucket.
        }
    }

    private async Task<DateTimeOffset?> LockedUntilAsync(ObjectName name, CancellationToken cancellationToken)
    {
        if (options.LockMode is null || !LockedFolders.Contains(name.Folder))
        {
            return null;
        }

        if (connection.Clock.Now is null)
        {
            // Any reply tells the time.
            await connection.CallAsync(
                S3Attempt.List(""),
                (client, watch) => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Location.Bucket, Prefix = options.Location.KeyPrefix, MaxKeys = 1 }, watch.Token),
                cancellationToken).ConfigureAwait(false);
        }

        return (connection.Clock.Now ?? throw new StoreException(
            $"{connection.Location}: the server's replies do not say what time it is there; objects cannot be locked in this store")) + options.LockRetention;
    }

    private ObjectLockMode LockMode => options.LockMode == S3LockMode.Compliance ? ObjectLockMode.Compliance : ObjectLockMode.Governance;

    private S3StorageClass? StorageClass(ObjectName name) =>
        options.StorageClasses.TryGetValue(name.Folder, out string? storageClass) ? S3StorageClass.FindValue(storageClass) : null;

    private static ReadOnlyMemory<byte>[] Slice(ReadOnlyMemory<byte>[] segments, long offset, long length)
    {
        List<ReadOnlyMemory<byte>> slice = [];
        foreach (ReadOnlyMemory<byte> segment in segments)
        {
            int skipped = (int)Math.Min(offset, segment.Length);
            int taken = (int)Math.Min(length, segment.Length - skipped);
            if (taken > 0)
            {
                slice.Add(segment.Slice(skipped, taken));
            }

            offset -= skipped;
            length -= taken;
        }

        return [.. slice];
    }
}
