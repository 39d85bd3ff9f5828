using System.Security.Cryptography;
using Dedup.Compression;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Maintenance;
using Dedup.Packing;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Faults;

/// <summary>A store, or a writer who has the key, that means harm.</summary>
public sealed class HostileStoreTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    private readonly DamageJudge _judge = new(repository);

    [Fault(26)]
    [Fact]
    public async Task Two_blobs_that_were_swapped_are_found_and_not_restored_in_each_others_place()
    {
        // They may be spread over several packs, but not over so many.
        const int Files = 12;
        MemoryStore store = new();
        MemorySource source = new(new MemoryDirectory());
        for (int i = 0; i < Files; i++)
        {
            source.Root.File($"file-{i}", RandomNumberGenerator.GetBytes(500));
        }

        SnapshotId id = (await repository.Repository.BackUpAsync(await CopyAsync(store), source)).Snapshot.Id;
        StoreContent content = await StoreContent.ReadAsync(store);
        string pack = content.In("packs").Except(repository.Content.In("packs"))
            .Where(name => content[name][10] == (byte)PackKind.Data).MaxBy(name => content[name].Length)!;
        byte[] swapped = [.. content[pack]];
        int length = 500 + PackLayout.RecordOverhead;
        content[pack].AsSpan(PackLayout.HeaderLength, length).CopyTo(swapped.AsSpan(PackLayout.HeaderLength + length));
        content[pack].AsSpan(PackLayout.HeaderLength + length, length).CopyTo(swapped.AsSpan(PackLayout.HeaderLength));

        await using Repository opened = await repository.Repository.OpenAsync(content.With((pack, swapped)).ToStore());
        (RestoreResult result, SortedDictionary<string, byte[]> tree) = await repository.Repository.RestoreAsync(opened, id);
        Assert.False(result.IsComplete);
        Assert.Empty(RestoredTree.Wrong(RestoredTree.Of(source), tree));
        Assert.Equal(2, RestoredTree.Missing(RestoredTree.Of(source), tree).Count);
        Assert.Contains((await CheckAsync(opened)).Findings, finding => finding.ObjectName == pack && finding.Kind == FindingKind.DamagedObject);
    }

    [Fault(28)]
    [Fact]
    public async Task An_object_under_the_name_of_another_of_its_folder_is_found()
    {
        foreach (string folder in (string[])["packs", "index", "snapshots", "sessions"])
        {
            IReadOnlyList<string> names = repository.Content.In(folder);
            for (int i = 0; i < names.Count; i++)
            {
                // In the place of another, and under a name of its own beside its right one.
                string other = names[(i + 1) % names.Count];
                Assert.Null(await _judge.JudgeAsync(repository.Content.With((other, repository.Content[names[i]])), other, isWarm: i % 2 == 0));
                string invented = folder + "/" + new string('7', other.Length - folder.Length - 1);
                Assert.Null(await _judge.JudgeAsync(repository.Content.With((invented, repository.Content[names[i]])), invented, isWarm: i % 2 == 0));
            }
        }
    }

    [Fact]
    public async Task A_snapshot_under_another_name_is_passed_over_when_listing_and_named_when_asked_for()
    {
        string name = "snapshots/" + new string('7', 32);
        StoreContent renamed = repository.Content.With((name, repository.Content[repository.Content.In("snapshots")[0]]));
        Assert.Equal(repository.Snapshots.Count, (await repository.Repository.SnapshotsAsync(renamed.ToStore())).Count);
        await using Repository opened = await repository.Repository.OpenAsync(renamed.ToStore());
        Assert.True(SnapshotId.TryParse(new string('7', 32), out SnapshotId id));
        CorruptDataException exception = await Assert.ThrowsAsync<CorruptDataException>(() => repository.Repository.RestoreAsync(opened, id));
        Assert.Equal(name, exception.ObjectName);
    }

    [Fault(29)]
    [Fact]
    public async Task An_object_of_another_repository_with_the_same_password_is_found()
    {
        MemoryStore otherStore = new();
        TestRepository other = await TestRepository.MakeAsync(otherStore, repository.Repository.NewFolder());
        await other.BackUpAsync(otherStore, repository.Source);
        StoreContent foreign = await StoreContent.ReadAsync(otherStore);
        foreach (string name in foreign.Names.Where(name => name != "config" && !name.StartsWith("keys/", StringComparison.Ordinal)))
        {
            // Under its own name, which fits its content, and under the name of one of ours.
            Assert.Null(await _judge.JudgeAsync(repository.Content.With((name, foreign[name])), name, isWarm: false));
            string ours = repository.Content.In(name[..name.IndexOf('/', StringComparison.Ordinal)])[0];
            Assert.Null(await _judge.JudgeAsync(repository.Content.With((ours, foreign[name])), ours, isWarm: true));
        }

        CorruptDataException exception = await Assert.ThrowsAsync<CorruptDataException>(
            () => repository.Repository.OpenAsync(repository.Content.With(("config", foreign["config"])).ToStore()));
        Assert.Equal("config", exception.ObjectName);

        // With its key slot as well the password opens it: it is the other repository then, to which nothing of ours belongs.
        string slot = foreign.In("keys")[0];
        StoreContent both = repository.Content.With(("config", foreign["config"]), (slot, foreign[slot]));
        await using Repository opened = await Repository.OpenAsync(
            both.ToStore(), TestRepository.Credentials,
            new RepositoryOptions { CacheDirectory = repository.Repository.NewFolder() }, CancellationToken.None);
        CheckReport report = await CheckAsync(opened);
        Assert.All(
            repository.Content.Names.Where(name => name != "config" && !name.StartsWith("keys/", StringComparison.Ordinal)),
            name => Assert.Contains(report.Findings, finding => finding.ObjectName == name));
    }

    [Fault(53)]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_record_that_unpacks_to_more_than_it_says_is_found_and_unpacked_no_further(byte codec)
    {
        const int Declared = 600_000, Real = 64 << 20;
        using BlobCompressor compressor = new(codec == 1 ? CompressionOptions.Lz4 : CompressionOptions.Zstd(3));
        byte[] bomb = new byte[BlobCompressor.MaxCompressedLength(Real)];
        Assert.Equal((BlobCodec)codec, compressor.Compress(new byte[Real], bomb, out int length));

        MemoryStore store = await CopyAsync(new MemoryStore());
        await using Repository opened = await repository.Repository.OpenAsync(store);
        using RepositoryKeys keys = repository.Repository.Keys(opened);
        using BlobHasher hasher = new(keys.BlobId);
        BlobId id = hasher.Hash(BlobKind.Data, new byte[Declared]);
        PackDirectory pack;
        await using (PackWriter writer = await PackWriter.BeginAsync(store, keys, PackKind.Data, new BufferPool(1 << 20), CancellationToken.None))
        {
            writer.Add(id, BlobKind.Data, (BlobCodec)codec, Declared, bomb.AsSpan(0, length), CancellationToken.None);
            pack = await writer.PublishAsync(CancellationToken.None);
        }

        SnapshotId snapshot = await ForgedSnapshot.CommitAsync(repository.Repository, store, opened, (treeKeys, write) =>
        {
            TreeWriter tree = new(treeKeys, write);
            tree.Add(new Node
            {
                Name = EntryName.FromText("bomb"),
                Metadata = new NodeMetadata { Type = NodeType.File, Size = Declared },
                Extents = [new Extent(id, Declared)],
            });
            return tree.Finish().Tree;
        });
        (RestoreResult result, SortedDictionary<string, byte[]> restored) = await repository.Repository.RestoreAsync(opened, snapshot);
        Assert.False(result.IsComplete);
        Assert.Empty(restored);
        string name = RepositoryObjects.Pack(pack.Id).Value;
        Assert.Contains((await CheckAsync(opened)).Findings, finding => finding.ObjectName == name && finding.Kind == FindingKind.DamagedObject);
    }

    private static async Task<CheckReport> CheckAsync(Repository opened) =>
        await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);

    private async Task<MemoryStore> CopyAsync(MemoryStore into)
    {
        foreach (string name in repository.Content.Names)
        {
            await into.PutIfAbsentAsync(ObjectName.Parse(name), repository.Content[name], CancellationToken.None);
        }

        return into;
    }
}
