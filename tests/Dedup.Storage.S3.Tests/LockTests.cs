using Amazon.S3;
using Amazon.S3.Model;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>Objects that nobody can remove before their time.</summary>
public sealed class LockTests(CephServer server) : IClassFixture<CephServer>
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    [Theory]
    [InlineData(S3LockMode.Compliance)]
    [InlineData(S3LockMode.Governance)]
    public async Task Packs_index_segments_and_snapshots_are_locked_by_the_servers_clock(S3LockMode mode)
    {
        (S3Store store, string bucket) = await OpenAsync(mode);
        await using (store)
        {
            foreach (string name in (string[])["packs/a", "index/a", "snapshots/a"])
            {
                Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse(name), new byte[10], CancellationToken.None));
                ObjectLockRetention retention = await RetentionAsync(bucket, name);
                Assert.Equal(mode == S3LockMode.Compliance ? ObjectLockRetentionMode.Compliance : ObjectLockRetentionMode.Governance, retention.Mode);
                RequireAbout(TimeProvider.System.GetUtcNow() + Retention, retention);
            }

            foreach (string name in (string[])["config", "sessions/a", "gc/1.mark"])
            {
                Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse(name), new byte[10], CancellationToken.None));
                await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => RetentionAsync(bucket, name));
            }
        }
    }

    [Fact]
    public async Task An_object_in_parts_is_locked_too()
    {
        (S3Store store, string bucket) = await OpenAsync(S3LockMode.Compliance);
        await using (store)
        {
            Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("packs/a"), new byte[(5 << 20) + 1], CancellationToken.None));
            RequireAbout(TimeProvider.System.GetUtcNow() + Retention, await RetentionAsync(bucket, "packs/a"));
        }
    }

    [Fact]
    public async Task Nobody_removes_what_is_locked_and_a_lock_only_grows()
    {
        (S3Store store, string bucket) = await OpenAsync(S3LockMode.Compliance);
        await using (store)
        {
            ObjectName pack = ObjectName.Parse("packs/a");
            Assert.True(await store.PutIfAbsentAsync(pack, new byte[10], CancellationToken.None));
            await using S3Store longer = Open(bucket, S3LockMode.Compliance, 3 * Retention);
            DateTimeOffset later = TimeProvider.System.GetUtcNow() + (3 * Retention);
            DateTimeOffset? locked = await longer.LockAsync(pack, CancellationToken.None);
            RequireAbout(later, await RetentionAsync(bucket, "packs/a"));
            Assert.InRange(locked!.Value, later.AddHours(-12), later.AddHours(12));

            // The store that locks for fewer days leaves it.
            locked = await store.LockAsync(pack, CancellationToken.None);
            RequireAbout(later, await RetentionAsync(bucket, "packs/a"));
            Assert.InRange(locked!.Value, later.AddHours(-12), later.AddHours(12));

            S3ObjectVersion version = Assert.Single((await server.Client.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket })).Versions);
            await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => server.Client.DeleteObjectAsync(bucket, version.Key, version.VersionId));
            Assert.Equal(10, await store.ReadAsync(pack, 0, new byte[20], CancellationToken.None));

            // Deleting hides it; it is still there.
            Assert.True(await store.DeleteAsync(pack, CancellationToken.None));
            Assert.Null(await store.InfoAsync(pack, CancellationToken.None));
            Assert.Contains((await server.Client.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket })).Versions, found => found.VersionId == version.VersionId);
        }
    }

    [Fact]
    public async Task What_is_not_there_or_not_to_be_locked_is_not_locked_anew()
    {
        (S3Store store, string bucket) = await OpenAsync(S3LockMode.Governance);
        await using (store)
        {
            await Assert.ThrowsAsync<ObjectNotFoundException>(async () => await store.LockAsync(ObjectName.Parse("packs/a"), CancellationToken.None));
            Assert.True(await store.PutIfAbsentAsync(ObjectName.Parse("config"), new byte[10], CancellationToken.None));
            Assert.Null(await store.LockAsync(ObjectName.Parse("config"), CancellationToken.None));
            await using S3Store locksNothing = new(server.Options(bucket));
            Assert.Null(await locksNothing.LockAsync(ObjectName.Parse("packs/a"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_bucket_without_locks_is_told_of()
    {
        string bucket = await server.MakeBucketAsync();
        await using S3Store store = new(server.Options(bucket) with { LockMode = S3LockMode.Governance, LockRetention = Retention });
        StoreException failure = await Assert.ThrowsAnyAsync<StoreException>(async () => await store.PutIfAbsentAsync(ObjectName.Parse("packs/a"), new byte[10], CancellationToken.None));
        Assert.True(failure.Message.Contains("object lock", StringComparison.OrdinalIgnoreCase), failure.Message);
        Assert.False(failure.IsTransient);
    }

    private static void RequireAbout(DateTimeOffset expected, ObjectLockRetention retention)
    {
        DateTimeOffset until = new(retention.RetainUntilDate!.Value.ToUniversalTime());
        Assert.InRange(until, expected.AddHours(-12), expected.AddHours(12));
    }

    /// <summary>On a machine whose clock is ten years wrong.</summary>
    private async Task<(S3Store Store, string Bucket)> OpenAsync(S3LockMode mode)
    {
        string bucket = await server.MakeBucketAsync(isLockable: true);
        return (Open(bucket, mode, Retention), bucket);
    }

    private S3Store Open(string bucket, S3LockMode mode, TimeSpan retention) => new(server.Options(bucket) with
    {
        LockMode = mode,
        LockRetention = retention,
        MultipartThreshold = 5 << 20,
        TimeProvider = new FixedTimeProvider(TimeProvider.System.GetUtcNow().AddYears(10)),
    });

    private async Task<ObjectLockRetention> RetentionAsync(string bucket, string key) =>
        (await server.Client.GetObjectRetentionAsync(new GetObjectRetentionRequest { BucketName = bucket, Key = key })).Retention;
}
