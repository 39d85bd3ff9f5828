using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;
using Dedup.Testing;
using Xunit;

namespace Dedup.Tests.Packing;

/// <summary>What index segments say of packs where they do not agree, are none, or go while they are read.</summary>
public sealed class PackIndexTests : IDisposable
{
    private static readonly PackDirectory Right = DirectoryOf(1, length: 1 << 20), Wrong = Right with { Length = Right.Length + 1 }, Other = DirectoryOf(2, length: 1 << 20);

    private readonly MasterKey _master = MasterKey.Generate();
    private readonly RepositoryKeys _keys;
    private readonly MemoryStore _store = new();

    public PackIndexTests() => _keys = new RepositoryKeys(_master, new Bytes32(new byte[Bytes32.Length]));

    public void Dispose()
    {
        _keys.Dispose();
        _master.Dispose();
    }

    [Fact]
    public async Task Two_segments_that_contradict_each_other_are_named_and_the_right_one_counts()
    {
        string[] segments = [Put(Right), Put(Wrong), Put(Other), Put(Other, Right)];
        PackIndex index = await ReadAsync(_store);
        Assert.Empty(index.Damage);
        Assert.Equal([Right.Id, Other.Id], index.Packs.Order());
        Assert.All(index.Contradictions, found => Assert.Equal(Right.Id, found.Pack));
        Assert.NotEmpty(index.Contradictions);
        Assert.Subset(segments.ToHashSet(), index.Contradictions.Select(static found => found.Segment).ToHashSet());

        // Whichever of them was read first.
        Assert.True(index.ListsRightly(Right));
        Assert.True(index.ListsRightly(Wrong));
        Assert.NotEqual(index.Agrees(Right), index.Agrees(Wrong));
        Assert.False(index.ListsRightly(Right with { Length = Right.Length + 2 }));
        Assert.True(index.ListsRightly(Other));
        Assert.True(index.Agrees(DirectoryOf(3, length: 1 << 20)));
    }

    [Fact]
    public async Task What_has_no_name_of_a_segment_or_another_content_is_damage_and_what_goes_meanwhile_is_none()
    {
        Put(Other);
        string vanishing = Put(Right), foreign = "index/readme", renamed = $"index/{new string('0', 64)}";
        _store.TryAdd(ObjectName.Parse(foreign), new byte[10]);
        _store.TryAdd(ObjectName.Parse(renamed), IndexSegmentFormat.Seal(new IndexSegment([Right], []), _keys));
        PackIndex index = await ReadAsync(new HookedStore(_store, async (operation, name) =>
        {
            if (operation == StoreOperation.Read && name == vanishing)
            {
                await _store.DeleteAsync(ObjectName.Parse(vanishing), CancellationToken.None);
            }
        }));
        Assert.Equal([renamed, foreign], index.Damage.Select(static damage => damage.ObjectName).Order(StringComparer.Ordinal));
        Assert.Equal([Other.Id], index.Packs);
    }

    private static PackDirectory DirectoryOf(byte number, long length)
    {
        byte[] id = new byte[PackId.Length];
        id[0] = number;
        return new PackDirectory(new PackId(id), PackKind.Data, length, [new PackEntry(new BlobId(id), BlobKind.Data, BlobCodec.None, 100, 100 + PackLayout.RecordOverhead, PackLayout.HeaderLength, 0)]);
    }

    private string Put(params IReadOnlyList<PackDirectory> packs)
    {
        byte[] segment = IndexSegmentFormat.Seal(new IndexSegment(packs, []), _keys);
        ObjectName name = RepositoryObjects.Segment(ContentHash.Of(segment));
        _store.TryAdd(name, segment);
        return name.Value;
    }

    private Task<PackIndex> ReadAsync(IObjectStore store) => PackIndex.ReadAsync(store, _keys, keep: null, CancellationToken.None);
}
