using Dedup.Crypto;
using Dedup.Format;
using Dedup.Maintenance;
using Dedup.Storage;
using Dedup.Tests.Faults;
using Xunit;

namespace Dedup.Tests.Maintenance;

/// <summary>What others may do to a repository while it is checked is no damage; what is missing still is.</summary>
public sealed class CheckBesidePruneTests(SmallRepository repository) : IClassFixture<SmallRepository>
{
    [Theory]
    [InlineData("index", 1)]
    [InlineData("packs", 1)]
    [InlineData("index", 2)]
    [InlineData("packs", 2)]
    [InlineData("snapshots", 1)]
    public async Task A_snapshot_and_its_packs_and_segments_removed_meanwhile_are_not_missed(string folder, int number)
    {
        MemoryStore inner = repository.Content.ToStore();
        InterruptingStore store = new(inner) { AfterListing = (folder, number) };

        // The second snapshot has packs and a segment of its own, which nothing else needs.
        Bytes32 segment = default;
        IReadOnlyList<PackId> packs = [];
        store.Action = async () =>
        {
            await inner.DeleteAsync(RepositoryObjects.Snapshot(repository.Snapshots[1].Id), CancellationToken.None);
            await inner.DeleteAsync(RepositoryObjects.Segment(segment), CancellationToken.None);
            foreach (PackId pack in packs)
            {
                await inner.DeleteAsync(RepositoryObjects.Pack(pack), CancellationToken.None);
            }
        };
        await using Repository opened = await repository.Repository.OpenAsync(store);
        (segment, packs) = SecondSegment(opened);
        CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.Null(store.Action);
        Assert.Empty(report.Findings);
        Assert.InRange(report.Snapshots, 1, 2);
    }

    [Theory]
    [InlineData("index", 2)]
    [InlineData("packs", 1)]
    [InlineData("packs", 2)]
    [InlineData("snapshots", 1)]
    public async Task A_pack_that_vanishes_while_a_segment_lists_it_is_missed_and_so_is_what_it_held(string folder, int number)
    {
        MemoryStore inner = repository.Content.ToStore();
        InterruptingStore store = new(inner) { AfterListing = (folder, number) };
        await using Repository opened = await repository.Repository.OpenAsync(store);
        (_, IReadOnlyList<PackId> packs) = SecondSegment(opened);
        store.Action = async () =>
        {
            foreach (PackId pack in packs)
            {
                await inner.DeleteAsync(RepositoryObjects.Pack(pack), CancellationToken.None);
            }
        };
        CheckReport report = await opened.CheckAsync(CheckOptions.Everything, null, CancellationToken.None);
        Assert.All(packs, pack => Assert.Contains(
            report.Findings, finding => finding.Kind == FindingKind.MissingPack && finding.ObjectName == RepositoryObjects.Pack(pack).Value));
    }

    [Fact]
    public async Task A_blob_that_is_nowhere_is_told_with_its_snapshot_and_path()
    {
        MemoryStore inner = repository.Content.ToStore();
        await using Repository opened = await repository.Repository.OpenAsync(inner);
        (_, IReadOnlyList<PackId> packs) = SecondSegment(opened);
        foreach (PackId pack in packs)
        {
            await inner.DeleteAsync(RepositoryObjects.Pack(pack), CancellationToken.None);
        }

        CheckReport report = await opened.CheckAsync(CheckOptions.Structure, null, CancellationToken.None);
        CheckFinding missing = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.MissingBlob);
        Assert.Equal(repository.Snapshots[1].Id, missing.Snapshot);
        Assert.Equal("/", missing.Path);
        Assert.True(missing.IsDamage);
    }

    [Fact]
    public async Task A_session_that_ends_meanwhile_is_not_missed()
    {
        MemoryStore inner = repository.Content.ToStore();
        ObjectName session = ObjectName.Parse(repository.Content.In("sessions")[0]);
        InterruptingStore store = new(inner) { AfterListing = ("sessions", 1), Action = async () => await inner.DeleteAsync(session, CancellationToken.None) };
        await using Repository opened = await repository.Repository.OpenAsync(store);
        Assert.Empty((await opened.CheckAsync(CheckOptions.Structure, null, CancellationToken.None)).Findings);
        Assert.Null(store.Action);
    }

    private (Bytes32 Id, IReadOnlyList<PackId> Packs) SecondSegment(Repository opened)
    {
        using RepositoryKeys keys = repository.Repository.Keys(opened);
        var segments = repository.Content.In("index")
            .Select(name => (Name: ObjectName.Parse(name), Segment: IndexSegmentFormat.Open(repository.Content[name], keys, name))).ToList();
        Assert.Equal(2, segments.Count);
        (ObjectName found, IndexSegment segment) = segments.MinBy(pair => pair.Segment.Packs.Sum(pack => pack.Entries.Count));
        Assert.True(Bytes32.TryParse(found.Leaf, out Bytes32 id));
        return (id, [.. segment.Packs.Select(pack => pack.Id)]);
    }
}
