using Amazon.S3.Model;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Stores that share a bucket with each other and with what others put there.</summary>
public sealed class S3KeysTests(CephServer server) : IClassFixture<CephServer>
{
    [Fact]
    public async Task Stores_with_other_prefixes_see_nothing_of_each_other()
    {
        string bucket = await server.MakeBucketAsync();
        string[] prefixes = ["", "a", "ab", "a/b"];
        foreach (string prefix in prefixes)
        {
            await using S3Store store = new(server.Options(bucket, prefix));
            Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("packs/x"), new byte[1 + prefix.Length], CancellationToken.None));
            Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("config"), new byte[1], CancellationToken.None));
        }

        foreach (string prefix in prefixes)
        {
            await using S3Store store = new(server.Options(bucket, prefix));
            Assert.Equal([new ObjectInfo(ObjectName.Parse("packs/x"), 1 + prefix.Length)], await ListAsync(store, "packs"));
            Assert.Equal([new ObjectInfo(ObjectName.Parse("config"), 1)], await ListAsync(store, ""));
        }
    }

    [Fact]
    public async Task Keys_that_are_no_names_are_left_out_and_left_alone()
    {
        string bucket = await server.MakeBucketAsync();
        string[] strange = ["packs/", "packs/deep/er", "packs/UPPER", "packs/sp ace", "packs/ä+%2F&<>\"'", "packs/\u0001\u001f", "packs/.hidden", "/packs/x", "Config", "packs/a\nb"];
        foreach (string key in strange)
        {
            await server.Client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "p/" + key, ContentBody = "x", UseChunkEncoding = false });
        }

        await using S3Store store = new(server.Options(bucket, "p") with { ListPageLength = 2 });
        Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("packs/x"), new byte[3], CancellationToken.None));
        Assert.Equal([new ObjectInfo(ObjectName.Parse("packs/x"), 3)], await ListAsync(store, "packs"));
        Assert.Empty(await ListAsync(store, ""));
        Assert.Equal(strange.Length + 1, (await server.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Encoding = Amazon.S3.EncodingType.Url })).KeyCount);
    }

    [Theory]
    [InlineData(1, 25)]
    [InlineData(7, 100)]
    [InlineData(100, 100)]
    [InlineData(1000, 1)]
    public async Task Every_length_of_pages_lists_all(int pageLength, int objects)
    {
        await using S3Store store = new(server.Options(await server.MakeBucketAsync(), "p") with { ListPageLength = pageLength });
        List<string> names = [.. Enumerable.Range(0, objects).Select(i => $"packs/{i:x4}")];
        foreach (string name in names)
        {
            Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse(name), new byte[1], CancellationToken.None));
        }

        Assert.Equal(names, (await ListAsync(store, "packs")).Select(info => info.Name.Value));
    }

    private static async Task<List<ObjectInfo>> ListAsync(S3Store store, string folder)
    {
        List<ObjectInfo> list = [];
        await foreach (ObjectInfo info in store.ListAsync(folder, CancellationToken.None))
        {
            list.Add(info);
        }

        return list;
    }
}
