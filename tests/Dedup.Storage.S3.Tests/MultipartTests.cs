using Amazon.S3.Model;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Objects that are too long for one request.</summary>
public sealed class MultipartTests(CephServer server) : IClassFixture<CephServer>
{
    // The least that S3 takes as a part that is not the last.
    private const int PartLength = 5 << 20;

    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    [Theory]
    [InlineData(PartLength)]
    [InlineData(PartLength + 1)]
    [InlineData((2 * PartLength) - 1)]
    [InlineData(3 * PartLength)]
    public async Task An_object_in_parts_is_the_same_to_the_last_bit(int length)
    {
        string bucket = await server.MakeBucketAsync();
        await using S3Store store = Open(bucket);
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        await using (IObjectUpload upload = await store.BeginUploadAsync(CancellationToken.None))
        {
            await upload.AppendAsync(content, CancellationToken.None);
            Assert.True(await upload.PublishAsync(Pack, CancellationToken.None));
        }

        byte[] read = new byte[length + 1];
        Assert.Equal(length, await store.ReadAsync(Pack, 0, read, CancellationToken.None));
        Assert.True(read.AsSpan(0, length).SequenceEqual(content));
        Assert.Equal(length, (await store.InfoAsync(Pack, CancellationToken.None))?.Length);
        await RequireNoPartsAsync(bucket);
    }

    [Fact]
    public async Task An_upload_in_parts_that_fails_leaves_no_parts()
    {
        string bucket = await server.MakeBucketAsync();
        await using S3Store store = Open(bucket);
        using CancellationTokenSource enough = new();
        await using IObjectUpload upload = await store.BeginUploadAsync(CancellationToken.None);
        await upload.AppendAsync(new byte[4 * PartLength], CancellationToken.None);
        Task<bool> publishing = upload.PublishAsync(Pack, enough.Token).AsTask();
        while (!publishing.IsCompleted && !await HasPartsAsync(bucket))
        {
            await Task.Yield();
        }

        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        await RequireNoPartsAsync(bucket);
        Assert.Null(await store.InfoAsync(Pack, CancellationToken.None));
    }

    private S3Store Open(string bucket) => new(server.Options(bucket, "p") with { MultipartThreshold = PartLength, PartLength = PartLength });

    private async Task<bool> HasPartsAsync(string bucket) =>
        (await server.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket })).MultipartUploads is { Count: > 0 };

    private async Task RequireNoPartsAsync(string bucket) => Assert.False(await HasPartsAsync(bucket));
}
