using Amazon.S3;
using Amazon.S3.Model;
using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Storage.S3.Tests;

/// <summary>
/// A machine that is backed up has credentials, and somebody steals them. With the policy of docs/s3.md nothing can be deleted with them, and
/// backups need nothing more; what is overwritten in a bucket with versions is still there.
/// </summary>
public sealed class ThiefTests(CephServer server) : IAsyncLifetime, IClassFixture<CephServer>
{
    private const string Key = "CLIENTKEY", Secret = "clientSecret0123456789";

    private readonly ScratchDirectory _scratch = new();
    private string _bucket = "";

    public async Task InitializeAsync()
    {
        _bucket = await server.MakeBucketAsync();
        CephServer.RequireUser("client", Key, Secret);
        await server.Client.PutBucketPolicyAsync(new PutBucketPolicyRequest
        {
            BucketName = _bucket,
            Policy = $$"""
                {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/owner"]}, "Action": ["s3:*"], "Resource": ["arn:aws:s3:::{{_bucket}}", "arn:aws:s3:::{{_bucket}}/*"]},
                    {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/client"]}, "Action": ["s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::{{_bucket}}/*"]},
                    {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/client"]}, "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::{{_bucket}}"]}]}
                """,
        });
        Directory.CreateDirectory(Source);
        await File.WriteAllTextAsync(Path.Combine(Source, "letter"), "Dear Ann");
    }

    public Task DisposeAsync()
    {
        _scratch.Dispose();
        return Task.CompletedTask;
    }

    private string Source => _scratch["source"];

    [Fact]
    public async Task With_a_stolen_credential_nothing_can_be_deleted_nor_the_rules_be_changed()
    {
        SnapshotId snapshot = await MakeAndBackUpAsync();
        using AmazonS3Client thief = server.ClientOf(Key, Secret);
        List<S3ObjectVersion> stored = await VersionsAsync();
        Assert.NotEmpty(stored);
        foreach (S3ObjectVersion version in stored)
        {
            await RequireDeniedAsync(() => thief.DeleteObjectAsync(_bucket, version.Key));
            await RequireDeniedAsync(() => thief.DeleteObjectAsync(_bucket, version.Key, version.VersionId));
        }

        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => thief.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = _bucket,
            Objects = [.. stored.Select(version => new KeyVersion { Key = version.Key })],
        }));
        Assert.Equal(stored.Count, (await VersionsAsync()).Count);
        await RequireDeniedAsync(() => thief.DeleteBucketAsync(_bucket));
        await RequireDeniedAsync(() => thief.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = _bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Suspended },
        }));
        await RequireDeniedAsync(() => thief.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = _bucket, Policy = "{}" }));
        await RequireDeniedAsync(() => thief.PutLifecycleConfigurationAsync(_bucket, new LifecycleConfiguration
        {
            Rules = [new LifecycleRule { Id = "all", Status = LifecycleRuleStatus.Enabled, Filter = new LifecycleFilter(), Expiration = new LifecycleRuleExpiration { Days = 1 } }],
        }));
        await RequireRestoresAsync(snapshot);
    }

    [Fact]
    public async Task What_a_thief_overwrites_is_still_there_in_a_bucket_with_versions()
    {
        // Versions come after the repository was made: with them this server no longer keeps the promise that the first writer wins.
        SnapshotId snapshot = await MakeAndBackUpAsync(async () => await server.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = _bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        }));
        using AmazonS3Client thief = server.ClientOf(Key, Secret);
        List<S3ObjectVersion> stored = await VersionsAsync();
        foreach (S3ObjectVersion version in stored)
        {
            await thief.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = version.Key, ContentBody = "gone", UseChunkEncoding = false });
            await RequireDeniedAsync(() => thief.DeleteObjectAsync(_bucket, version.Key, version.VersionId));
        }

        // An object is written once: of several versions the first is the right one.
        List<S3ObjectVersion> forged = [.. (await VersionsAsync()).Where(version => stored.All(first => first.Key != version.Key || first.VersionId != version.VersionId))];
        Assert.Equal(stored.Count, forged.Count);
        foreach (S3ObjectVersion version in forged)
        {
            await server.Client.DeleteObjectAsync(_bucket, version.Key, version.VersionId);
        }

        await RequireRestoresAsync(snapshot);
    }

    [Fact]
    public async Task A_server_that_lets_second_writers_win_is_found_out_when_a_repository_is_made()
    {
        await server.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = _bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
        await using S3Store store = Open(CephServer.OwnerKey, CephServer.OwnerSecret);
        await Assert.ThrowsAsync<UnsafeStoreException>(() => TestRepository.CreateByPasswordAsync(store, _scratch["cache"]));
    }

    [Fact]
    public async Task Backups_need_no_deletion_and_prunes_take_another_credential()
    {
        SnapshotId first = await MakeAndBackUpAsync();
        await using S3Store store = Open(Key, Secret);
        await using Repository client = await TestRepository.OpenByPasswordAsync(store, _scratch["cache"]);
        await File.WriteAllTextAsync(Path.Combine(Source, "letter"), "Dear Bob");
        BackupResult second = await client.BackupAsync(new FileSystemSource([Source]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(second.Problems);

        StoreException refusal = await Assert.ThrowsAnyAsync<StoreException>(() => client.ForgetAsync(first, "stolen", CancellationToken.None));
        Assert.Contains("s3:DeleteObject", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<StoreException>(() => client.PruneAsync(new PruneOptions(), null, CancellationToken.None));

        await using S3Store ownersStore = Open(CephServer.OwnerKey, CephServer.OwnerSecret);
        await using Repository owner = await TestRepository.OpenByPasswordAsync(ownersStore, _scratch["owner's cache"]);
        PruneReport prune = await owner.PruneAsync(new PruneOptions { MaxUnused = 0, AllowLargeDeletion = true }, null, CancellationToken.None);
        Assert.Empty(prune.SessionsAwaited);
        CheckReport check = await owner.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Empty(check.Findings);
    }

    private static async Task RequireDeniedAsync(Func<Task> call) =>
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<AmazonS3Exception>(call)).ErrorCode);

    private S3Store Open(string key, string secret) => new(server.Options(_bucket, "web1") with { Credentials = new S3Credentials(key, secret) });

    /// <summary>The owner makes the repository, since that tries the store out; the client uses it.</summary>
    private async Task<SnapshotId> MakeAndBackUpAsync(Func<Task>? between = null)
    {
        await using (S3Store owners = Open(CephServer.OwnerKey, CephServer.OwnerSecret))
        {
            await using Repository made = await TestRepository.CreateByPasswordAsync(owners, _scratch["owner's cache"]);
        }

        await (between?.Invoke() ?? Task.CompletedTask);
        await using S3Store store = Open(Key, Secret);
        await using Repository repository = await TestRepository.OpenByPasswordAsync(store, _scratch["cache"]);
        return (await repository.BackupAsync(new FileSystemSource([Source]), new BackupOptions(), null, CancellationToken.None)).Snapshot.Id;
    }

    private async Task RequireRestoresAsync(SnapshotId snapshot)
    {
        await using S3Store store = Open(CephServer.OwnerKey, CephServer.OwnerSecret);
        await using Repository repository = await TestRepository.OpenByPasswordAsync(store, _scratch["other cache"]);
        RestoreResult result = await repository.RestoreAsync(snapshot, _scratch["restored"], new RestoreOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        Assert.Empty(TreeComparer.Differences(Source, _scratch["restored"] + Source));
    }

    private async Task<List<S3ObjectVersion>> VersionsAsync() =>
        [.. (await server.Client.ListVersionsAsync(new ListVersionsRequest { BucketName = _bucket })).Versions.Where(version => version.IsDeleteMarker != true)];
}
