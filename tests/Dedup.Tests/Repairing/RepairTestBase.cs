using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Restore;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Repairing;

/// <summary>Damages copies of a small repository and looks at what repairs leave.</summary>
public abstract class RepairTestBase(SmallRepository repository)
{
    private protected SmallRepository Small => repository;

    private protected StoreContent Whole => repository.Content;

    /// <summary>One byte of each part of each pack: header, each record's header and body, footer, trailer; and each cut off.</summary>
    private protected async Task<List<(string Pack, string What, StoreContent Damaged)>> DamagedPacksAsync()
    {
        List<(string, string, StoreContent)> cases = [];
        foreach (PackDirectory pack in await DirectoriesAsync())
        {
            string name = RepositoryObjects.Pack(pack.Id).Value;
            int length = Whole[name].Length;
            cases.Add((name, "header", Whole.WithFlip(name, 20)));
            cases.Add((name, "footer", Whole.WithFlip(name, length - 20)));
            cases.Add((name, "trailer", Whole.WithFlip(name, length - 1)));
            cases.Add((name, "half", Whole.With((name, Whole[name][..(length / 2)]))));
            cases.Add((name, "empty", Whole.With((name, []))));
            foreach (PackEntry entry in pack.Entries.Where(entry => entry.Ordinal % 3 == 0 || entry.Ordinal == pack.Entries.Count - 1))
            {
                cases.Add((name, $"record {entry.Ordinal}'s header", Whole.WithFlip(name, entry.Offset + 3)));
                cases.Add((name, $"record {entry.Ordinal}'s body", Whole.WithFlip(name, entry.Offset + PackLayout.SealedRecordHeaderLength)));
            }
        }

        return cases;
    }

    private protected async Task<IReadOnlyList<PackDirectory>> DirectoriesAsync()
    {
        MemoryStore store = Whole.ToStore();
        await using Repository opened = await Small.Repository.OpenAsync(store);
        using RepositoryKeys keys = Small.Repository.Keys(opened);
        List<PackDirectory> directories = [];
        foreach (string name in Whole.In("packs"))
        {
            Assert.True(PackId.TryParse(ObjectName.Parse(name).Leaf, out PackId id));
            directories.Add(await PackReader.ReadFooterAsync(store, keys, id, Whole[name].Length, CancellationToken.None));
        }

        return directories;
    }

    /// <summary>Does something with the repository opened anew, without a catalogue.</summary>
    private protected async Task<T> WithAsync<T>(IObjectStore store, Func<Repository, Task<T>> use, string? cache = null)
    {
        await using Repository opened = await Small.Repository.OpenAsync(store, cache);
        return await use(opened);
    }

    /// <summary>Everything that a snapshot still restores to, and nothing wrong among it.</summary>
    private protected async Task<SortedDictionary<string, byte[]>> RestoreWhatIsLeftAsync(IObjectStore store, SnapshotId snapshot, SortedDictionary<string, byte[]> expected)
    {
        try
        {
            return await WithAsync(store, async opened =>
            {
                (RestoreResult _, SortedDictionary<string, byte[]> tree) = await Small.Repository.RestoreAsync(opened, snapshot);
                Assert.Empty(RestoredTree.Wrong(expected, tree));
                return tree;
            });
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        }
    }

    private protected async Task RequireAllRestoresAsync(IObjectStore store)
    {
        foreach ((SnapshotId id, SortedDictionary<string, byte[]> tree) in Small.Snapshots)
        {
            await Small.Repository.RequireRestoresAsync(store, id, tree);
        }
    }

    /// <summary>Asserts that objects were added at most.</summary>
    /// <returns>How many were added.</returns>
    private protected static async Task<int> RequireOnlyAddedAsync(StoreContent before, IObjectStore store)
    {
        StoreContent after = await StoreContent.ReadAsync(store);
        Assert.All(before.Names, name => Assert.Equal(before[name], after[name]));
        return after.Names.Count - before.Names.Count;
    }
}
