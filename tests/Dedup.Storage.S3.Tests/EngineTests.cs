using Dedup.Backup;
using Dedup.Maintenance;
using Dedup.Pruning;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Storage.S3.Tests;

/// <summary>The engine on a real server: what was backed up comes back, and what nobody needs goes.</summary>
public sealed class EngineTests(CephServer server, ITestOutputHelper output) : IClassFixture<CephServer>
{
    [Fact]
    public async Task A_tree_comes_back_as_it_was_through_backups_forgets_and_prunes()
    {
        using ScratchDirectory scratch = new();
        S3Place place = await S3Place.MakeAsync(server);
        await using S3Store store = place.Open();
        string source = scratch.Make("source");
        Fill(source, seed: 1, files: 40);
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, scratch["cache"]);
        SnapshotId first = await BackUpAsync();
        Fill(source, seed: 2, files: 25);
        SnapshotId second = await BackUpAsync();

        await repository.ForgetAsync(first, "not needed", CancellationToken.None);
        PruneReport prune = await repository.PruneAsync(new PruneOptions { MaxUnused = 0, AllowLargeDeletion = true }, null, CancellationToken.None);
        Assert.True(prune.PacksDeleted > 0);
        CheckReport check = await repository.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Empty(check.Findings);
        Assert.True(check.BytesRead > 0);

        // Without what this machine knows: all that is needed lies in the bucket.
        await using S3Store other = place.Open();
        await using Repository stranger = await TestRepository.OpenByPasswordAsync(other, scratch["other cache"]);
        RestoreResult result = await stranger.RestoreAsync(second, scratch["restored"], new RestoreOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        Assert.Empty(TreeComparer.Differences(source, scratch["restored"] + source));

        async Task<SnapshotId> BackUpAsync()
        {
            BackupResult made = await repository.BackupAsync(new FileSystemSource([source]), new BackupOptions(), null, CancellationToken.None);
            Assert.Empty(made.Problems);
            return made.Snapshot.Id;
        }
    }

    [Fact]
    public async Task The_server_keeps_what_prunes_rest_on()
    {
        S3Place place = await S3Place.MakeAsync(server);
        await using S3Store store = place.Open();
        for (int round = 0; round < 20; round++)
        {
            await Sessions.StoreProbe.RunAsync(store, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Whatever_is_killed_what_was_committed_and_not_forgotten_restores()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        using ScratchDirectory scratch = new();
        S3Place place = await S3Place.MakeAsync(server);
        await using S3Store store = place.Open();
        RepositoryTrial trial = new(store, place.Location, place.Environment, scratch);
        output.WriteLine(await trial.RunAsync(RepositoryTrial.Lifetime(usualSeconds: 10), seed));
    }

    private static void Fill(string folder, int seed, int files)
    {
        Random random = new(seed);
        for (int i = 0; i < files; i++)
        {
            string path = Path.Combine(folder, $"d{i % 5}", $"f{i}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            byte[] content = new byte[random.Next(300_000)];
            random.NextBytes(content);
            File.WriteAllBytes(path, content);
        }
    }
}
