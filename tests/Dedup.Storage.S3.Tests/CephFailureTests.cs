using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>What a real server refuses.</summary>
public sealed class CephFailureTests(CephServer server) : IClassFixture<CephServer>
{
    private static readonly ObjectName Pack = ObjectName.Parse("packs/a1");

    [Fact]
    public async Task An_unknown_key_and_a_wrong_secret_are_told_apart()
    {
        string bucket = await server.MakeBucketAsync();
        await RequireAsync(server.Options(bucket) with { Credentials = new S3Credentials("NOSUCHKEY", "secret") }, "access key id");
        await RequireAsync(server.Options(bucket) with { Credentials = new S3Credentials(CephServer.OwnerKey, "notTheSecret") }, "secret key");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named() => await RequireAsync(server.Options("no-such-bucket"), "no bucket no-such-bucket");

    [Fact]
    public async Task Somebody_elses_bucket_is_refused_with_what_the_policy_must_allow()
    {
        string bucket = await server.MakeBucketAsync();
        CephServer.RequireUser("stranger", "STRANGERKEY", "strangerSecret");
        await using S3Store store = new(server.Options(bucket) with { Credentials = new S3Credentials("STRANGERKEY", "strangerSecret") });
        StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(async () => await store.PutIfAbsentAsync(Pack, new byte[1], CancellationToken.None));
        Assert.Contains("s3:PutObject", failure.Message, StringComparison.Ordinal);
    }

    internal static async Task RequireAsync(S3StoreOptions options, string words)
    {
        await using S3Store store = new(options);
        Func<Task>[] calls =
        [
            async () => await store.PutIfAbsentAsync(Pack, new byte[1], CancellationToken.None),
            async () => await store.ReadAsync(Pack, 0, new byte[1], CancellationToken.None),
            async () => await store.InfoAsync(Pack, CancellationToken.None),
            async () => await store.DeleteAsync(Pack, CancellationToken.None),
            async () =>
            {
                await foreach (ObjectInfo _ in store.ListAsync("packs", CancellationToken.None))
                {
                }
            },
        ];
        foreach (Func<Task> call in calls)
        {
            StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(call);
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
            Assert.False(failure.IsTransient);
            Assert.DoesNotContain("otTheSecret", failure.ToString(), StringComparison.Ordinal);
        }
    }
}
