using System.Collections.Concurrent;
using System.Formats.Tar;
using Dedup.Backup;
using Dedup.Exporting;
using Dedup.Storage;
using Dedup.Testing;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Exporting;

/// <summary>How an export reads the repository, and what it does where that is damaged.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Many_small_files_cost_few_reads_and_no_part_of_a_pack_is_read_twice()
    {
        await using MemoryStore store = new();
        MemoryDirectory root = new();
        for (int i = 0; i < 3000; i++)
        {
            root.File($"{i:d4}", Noise(i, 2000));
        }

        // Chunks that occur again are read again only when they are far away.
        root.File("copy-of-all", [.. root.Entries.Values.OfType<MemoryFile>().SelectMany(static file => file.Content)]);
        SnapshotId snapshot = await BackUpAsync(store, root);
        HashSet<string> data = await DataPacksAsync(store);
        ConcurrentQueue<string> reads = new();
        HookedStore watched = new(store, (operation, name) =>
        {
            if (operation == StoreOperation.Read && data.Contains(name))
            {
                reads.Enqueue(name);
            }

            return Task.CompletedTask;
        });
        await using Repository repository = await OpenAsync(watched);
        Dictionary<string, byte[]> files = await ExportAsync(repository, snapshot);
        Assert.Equal(root.Entries.Count, files.Count);
        Assert.All(root.Entries, entry => Assert.Equal(((MemoryFile)entry.Value).Content, files[entry.Key.ToString()]));

        // Of each pack a range or a few, and its header once for each thread.
        Assert.InRange(reads.Count, 1, data.Count * 6);
    }

    [Fact]
    public async Task Damage_ends_the_export_at_the_file_that_it_is_in_and_the_archive_is_cut_off()
    {
        await using MemoryStore store = new();
        MemoryDirectory root = new();
        root.File("a", "whole");
        SnapshotId first = await BackUpAsync(store, root);
        HashSet<string> before = await DataPacksAsync(store);
        root.Directory("d").File("b", Noise(1, 200_000));
        SnapshotId second = await BackUpAsync(store, root);
        foreach (string pack in (await DataPacksAsync(store)).Except(before))
        {
            await DamageAsync(store, pack);
        }

        await using Repository repository = await OpenAsync(store);
        await ExportAsync(repository, first);
        using MemoryStream archive = new();
        ExportException exception = await Assert.ThrowsAsync<ExportException>(
            () => repository.ExportAsync(second, archive, new ExportOptions(), null, CancellationToken.None));
        Assert.Equal("/d/b", exception.Path);
        await File.WriteAllBytesAsync(_scratch["cut.tar"], archive.ToArray());
        Assert.NotEqual(0, ExternalTool.Run("/", "tar", "-tf", _scratch["cut.tar"]).ExitCode);

        using MemoryStream content = new();
        exception = await Assert.ThrowsAsync<ExportException>(() => repository.DumpAsync(second, "/d/b", content, CancellationToken.None));
        Assert.Equal("/d/b", exception.Path);
        await repository.DumpAsync(second, "/a", content, CancellationToken.None);
    }

    [Fact]
    public async Task A_cancelled_export_ends_and_is_not_completed()
    {
        await using MemoryStore store = new();
        MemoryDirectory root = new();
        for (int i = 0; i < 64; i++)
        {
            root.File($"{i}", Noise(i, 1 << 20));
        }

        SnapshotId snapshot = await BackUpAsync(store, root);
        await using Repository repository = await OpenAsync(store);
        using CancellationTokenSource cancellation = new();
        await using CancellingStream stream = new(cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => repository.ExportAsync(snapshot, stream, new ExportOptions(), null, cancellation.Token));
        Assert.InRange(stream.Length, 1, 48 << 20);
    }

    private static async Task<HashSet<string>> DataPacksAsync(MemoryStore store)
    {
        HashSet<string> data = [];
        await foreach (ObjectInfo pack in store.ListAsync("packs", CancellationToken.None))
        {
            data.Add(pack.Name.Value);
        }

        return data;
    }

    private static async Task DamageAsync(MemoryStore store, string pack)
    {
        ObjectName name = ObjectName.Parse(pack);
        ObjectInfo info = (await store.InfoAsync(name, CancellationToken.None)).GetValueOrDefault();
        if (info.Length < 100_000)
        {
            return;
        }

        byte[] content = new byte[info.Length];
        await store.ReadAsync(name, 0, content, CancellationToken.None);
        content[50_000] ^= 1;
        await store.DeleteAsync(name, CancellationToken.None);
        await store.PutIfAbsentAsync(name, content, CancellationToken.None);
    }

    private static byte[] Noise(int seed, int length)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    private static async Task<Dictionary<string, byte[]>> ExportAsync(Repository repository, SnapshotId snapshot)
    {
        using MemoryStream archive = new();
        await repository.ExportAsync(snapshot, archive, new ExportOptions(), null, CancellationToken.None);
        archive.Position = 0;
        Dictionary<string, byte[]> files = [];
        await using TarReader reader = new(archive);
        while (await reader.GetNextEntryAsync(copyData: true) is { } entry)
        {
            using MemoryStream content = new();
            await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
            files.Add(entry.Name, content.ToArray());
        }

        return files;
    }

    private async Task<SnapshotId> BackUpAsync(MemoryStore store, MemoryDirectory root)
    {
        await using Repository repository = await Repository.ExistsAsync(store, CancellationToken.None)
            ? await OpenAsync(store)
            : await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        BackupResult result = await repository.BackupAsync(new MemorySource(root), new BackupOptions(), null, CancellationToken.None);
        return result.Snapshot.Id;
    }

    private Task<Repository> OpenAsync(IObjectStore store) => TestRepository.OpenByPasswordAsync(store, _scratch["cache"]);

    /// <summary>Cancels when the first megabytes were written.</summary>
    private sealed class CancellingStream(CancellationTokenSource cancellation) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            if (Length > 2 << 20)
            {
                cancellation.Cancel();
            }
        }
    }
}
