using Dedup.Backup;
using Dedup.Catalogue;
using Dedup.Content;
using Dedup.Crypto;
using Dedup.Restore;
using Dedup.Snapshots;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Dedup.Trees;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.EndToEnd;

/// <summary>An image of a small Debian: an ext4 file system with what a system has, changed between two backups.</summary>
public sealed class DiskImageTests(ITestOutputHelper output) : IDisposable
{
    private const int BlockLength = 4096, ImageMiB = 256;

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_image_is_restored_byte_for_byte_with_its_holes_and_a_change_adds_little_more_than_the_chunks_it_touches()
    {
        string image = _scratch["debian.img"];
        MakeImage(image);
        await using MemoryStore store = new();
        TestRepository trial = await TestRepository.MakeAsync(store, _scratch["caches"]);
        await using Repository repository = await trial.OpenAsync(store);
        using RepositoryKeys keys = trial.Keys(repository);

        BackupResult first = await BackUpAsync(repository, image);
        Assert.InRange(first.Snapshot.Statistics.BytesRead, 1, Allocated(image) + (1 << 20));
        IReadOnlyList<Extent> chunks = await ReadExtentsAsync(store, keys, first.Snapshot, "first");
        string before = _scratch["before.img"];
        ExternalTool.Require(_scratch.Path, "cp", "--sparse=always", image, before);

        Change(image);
        BackupResult second = await BackUpAsync(repository, image);
        (long touched, long changed) = Touched(before, image, chunks);
        long added = second.Snapshot.Statistics.DataAdded;
        output.WriteLine($"{Allocated(image):n0} bytes in the image, {changed:n0} of them changed in chunks of {touched:n0}; {added:n0} bytes added");
        Assert.InRange(changed, 100_000, 20_000_000);
        Assert.InRange(added, 1, touched * 13 / 10);

        await RequireRestoredAsync(repository, first, before, image);
        await RequireRestoredAsync(repository, second, image, image);
    }

    private void MakeImage(string image)
    {
        // What the tests run on has these: programs, scripts, texts and many small files.
        string tree = _scratch.Make("tree");
        ExternalTool.Require(tree, "sh", "-c", "cp -a --parents /etc/alternatives /etc/default /usr/share/common-licenses /usr/share/bash-completion /usr/share/doc/bash* . 2>/dev/null || true");
        ExternalTool.Require(tree, "sh", "-c", "mkdir -p usr/bin home && cp -L /bin/bash /bin/ls /bin/tar /bin/cp /bin/sed /bin/grep /usr/bin/sort usr/bin/ && chmod -R u+rw .");
        byte[] data = new byte[20 << 20];
        new Random(20261122).NextBytes(data);
        File.WriteAllBytes(Path.Combine(tree, "home/data"), data);
        ExternalTool.Require(_scratch.Path, "mke2fs", "-q", "-F", "-t", "ext4", "-E", "root_owner=0:0", "-d", tree, image, $"{ImageMiB}M");
        Assert.True(Allocated(image) < (ImageMiB << 20) / 2, "The image should be sparse.");
    }

    /// <summary>What a day does to a system: a log and a program are new, one is gone, and a file has other content. Without mounting, so that nobody need be root.</summary>
    private void Change(string image)
    {
        byte[] log = new byte[300_000];
        new Random(1).NextBytes(log);
        File.WriteAllBytes(_scratch["log"], log);
        File.WriteAllText(_scratch["commands"], $"write {_scratch["log"]} home/log\nrm usr/bin/sed\nkill_file usr/bin/sed\nwrite /bin/cat usr/bin/cat\nset_inode_field home/data mtime 202601020304\nmkdir home/ann\n");
        ExternalTool.Require(_scratch.Path, "debugfs", "-w", "-f", "commands", image);
        ExternalTool.Run(_scratch.Path, "e2fsck", "-fy", image);
        ExternalTool.Require(_scratch.Path, "e2fsck", "-fn", image);
    }

    private static async Task<BackupResult> BackUpAsync(Repository repository, string image)
    {
        BackupResult result = await repository.BackupAsync(new FileSystemSource([image]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(result.Problems);
        return result;
    }

    private async Task RequireRestoredAsync(Repository repository, BackupResult result, string expected, string image)
    {
        string target = _scratch[$"restored-{result.Snapshot.Id}"];
        Assert.Empty((await repository.RestoreAsync(result.Snapshot.Id, target, new RestoreOptions(), null, CancellationToken.None)).Problems);
        string restored = target + image;
        ExternalTool.Require(_scratch.Path, "cmp", expected, restored);
        ExternalTool.Require(_scratch.Path, "e2fsck", "-fn", restored);
        Assert.InRange(Allocated(restored), 1, Allocated(image) + (4 << 20));
    }

    private long Allocated(string path) => long.Parse(ExternalTool.Require(_scratch.Path, "stat", "--printf=%b", path), null) * 512;

    private async Task<IReadOnlyList<Extent>> ReadExtentsAsync(MemoryStore store, RepositoryKeys keys, Snapshot snapshot, string cache)
    {
        using CatalogueDatabase catalogue = CatalogueDatabase.Open(_scratch.Make(cache), keys.Repository.ToArray());
        await new CatalogueSynchronizer(store, keys, catalogue, NullLogger.Instance).SynchroniseAsync(CancellationToken.None);
        using BlobReader blobs = new(store, keys, catalogue);
        TreeReader trees = new(blobs);
        BlobId tree = snapshot.Tree;
        while (true)
        {
            Node node = trees.ReadNodes(tree, CancellationToken.None).Single();
            if (node.Metadata.Type == NodeType.File)
            {
                return [.. trees.ReadExtents(node, CancellationToken.None)];
            }

            tree = node.Tree;
        }
    }

    /// <summary>The lengths of the chunks and holes of the first backup in which a block changed, where a hole counts only as far as blocks in it changed; and the length of the blocks.</summary>
    private static (long Touched, long Changed) Touched(string before, string after, IReadOnlyList<Extent> chunks)
    {
        byte[] old = File.ReadAllBytes(before);
        byte[] now = File.ReadAllBytes(after);
        Assert.Equal(old.Length, now.Length);
        long touched = 0, changed = 0;
        int start = 0;
        foreach (Extent chunk in chunks)
        {
            int end = start + (int)chunk.Length;
            long blocks = 0;
            for (int block = start - (start % BlockLength); block < end; block += BlockLength)
            {
                int from = Math.Max(block, start);
                int length = Math.Min(block + BlockLength, end) - from;
                blocks += old.AsSpan(from, length).SequenceEqual(now.AsSpan(from, length)) ? 0 : length;
            }

            changed += blocks;
            touched += blocks == 0 ? 0 : chunk.IsHole ? blocks : chunk.Length;
            start = end;
        }

        return (touched, changed);
    }
}
