using Dedup.Backup;
using Dedup.Restore;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.EndToEnd;

/// <summary>What is large in the ways in which trees are: one sparse file, one directory, one path.</summary>
public sealed class FullSizeTests : IDisposable
{
    private const long MiB = 1 << 20, GiB = 1 << 30;

    private readonly ScratchDirectory _scratch = ScratchDirectory.InMemory(1 * GiB);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_sparse_file_of_six_gibibytes_and_a_hundred_thousand_files_in_one_directory_come_back()
    {
        string original = _scratch.Make("original");
        ReferenceTree.Make(original, files: 100_000);
        using (TreeMaker maker = TreeMaker.Open(original))
        {
            maker.SparseFile(
                "sparse"u8, 6 * GiB,
                (0, Piece(1, 300_000)), (3 * GiB + 12_345, Piece(2, (int)(5 * MiB))), (4 * GiB, Piece(3, 1)), (6 * GiB - 70_000, Piece(4, 70_000)));
            maker.SparseFile("only-hole"u8, 6 * GiB);
        }

        RestoreResult result = await RoundTripAsync(original);
        Assert.True(result.Bytes > 12 * GiB);
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
    }

    [Fault(55)]
    [Fact]
    public async Task A_thousand_directories_in_one_another_come_back()
    {
        string original = _scratch.Make("original");
        ReferenceTree.Make(original, files: 1, depth: 1000);
        RestoreResult result = await RoundTripAsync(original);
        Assert.True(result.Entries > 1000);
        Assert.Empty(TreeComparer.Differences(original, _scratch["target"] + original));
    }

    private static byte[] Piece(ulong seed, int length)
    {
        byte[] content = new byte[length];
        new SyntheticContent(length, seed).Read(0, content);
        return content;
    }

    private async Task<RestoreResult> RoundTripAsync(string original)
    {
        await using LocalStore store = LocalStore.Create(_scratch["repository"]);
        await using Repository repository = await TestRepository.CreateByPasswordAsync(store, _scratch["cache"]);
        BackupResult backup = await repository.BackupAsync(new FileSystemSource([original]), new BackupOptions(), null, CancellationToken.None);
        Assert.Empty(backup.Problems);
        RestoreResult restore = await repository.RestoreAsync(backup.Snapshot.Id, _scratch["target"], new RestoreOptions(), null, CancellationToken.None);
        Assert.Empty(restore.Problems);
        return restore;
    }
}
