using Dedup.Catalogue;
using Dedup.Format;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Dedup.Tests.Catalogue.CatalogueFixture;

namespace Dedup.Tests.Catalogue;

/// <summary>Random changes against a model made of dictionaries. FsCheck prints the commands that fail, made as few as it can.</summary>
public sealed class CatalogueModelTests
{
    private const int Packs = 10, Segments = 6, Blobs = 60;

    private static readonly PackDirectory[] AllPacks = [.. Enumerable.Range(0, Packs).Select(i =>
        Pack(i, Enumerable.Range(0, i * 15).Select(k => ((k * (i + 3)) + (i * 7)) % Blobs)))];

    private static readonly CatalogueSegment[] AllSegments = [.. Enumerable.Range(0, Segments).Select(s =>
        Segment(s, [.. AllPacks.Where((_, p) => (p * (s + 2) % 5) < 2)]))];

    [Fact]
    public void Any_sequence_of_changes_leaves_what_a_plain_model_says()
    {
        Config config = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(7_777_777_777_777, 1_234_567_890_123);
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Run).Check(config);
    }

    private static void Run(byte[] commands)
    {
        using var fixture = new CatalogueFixture();
        CatalogueDatabase catalogue = fixture.Open();
        try
        {
            var packs = new HashSet<int>();
            var segments = new HashSet<int>();
            var complete = new HashSet<int>();
            foreach (byte command in commands)
            {
                int argument = command / 6;
                int segment = argument % Segments, pack = argument % Packs;
                var before = packs.ToDictionary(p => p, p => IsListed(segments, p));
                CatalogueChange change = new();
                switch (command % 6)
                {
                    case 0:
                        change = new() { SegmentsAdded = [AllSegments[segment]] };
                        break;
                    case 1:
                        change = new() { SegmentsRemoved = [AllSegments[segment].Id] };
                        break;
                    case 2:
                        change = new() { PacksAdded = [AllPacks[pack]], PacksGone = [AllPacks[(pack + 1) % Packs].Id] };
                        break;
                    case 3:
                        int next = (segment + 1) % Segments;
                        change = new() { SegmentsAdded = [AllSegments[next]], SegmentsRemoved = [AllSegments[segment].Id] };
                        break;
                    case 4:
                        catalogue.MarkComplete([Blob(pack)], catalogue.Epoch);
                        complete.Add(pack);
                        break;
                    default:
                        catalogue.Dispose();
                        catalogue = fixture.Open();
                        break;
                }

                catalogue.Apply(change);
                Apply(change, packs, segments);
                if (before.Any(b => !packs.Contains(b.Key) || (b.Value && !IsListed(segments, b.Key))))
                {
                    complete.Clear();
                }

                AssertEqual(catalogue, packs, segments, complete);
            }
        }
        finally
        {
            catalogue.Dispose();
        }
    }

    private static bool IsListed(HashSet<int> segments, int pack) => segments.Any(s => AllSegments[s].Packs.Contains(AllPacks[pack]));

    private static void Apply(CatalogueChange change, HashSet<int> packs, HashSet<int> segments)
    {
        foreach (CatalogueSegment segment in change.SegmentsAdded.Where(s => segments.Add(Array.IndexOf(AllSegments, s))))
        {
            packs.UnionWith(segment.Packs.Select(p => Array.IndexOf(AllPacks, p)));
        }

        packs.UnionWith(change.PacksAdded.Select(p => Array.IndexOf(AllPacks, p)));
        segments.ExceptWith(change.SegmentsRemoved.Select(id => Array.FindIndex(AllSegments, s => s.Id.Equals(id))));
        packs.ExceptWith(change.PacksGone.Select(id => Array.FindIndex(AllPacks, p => p.Id == id)));
    }

    private static void AssertEqual(CatalogueDatabase catalogue, HashSet<int> packs, HashSet<int> segments, HashSet<int> complete)
    {
        Assert.Equal(segments.Select(s => AllSegments[s].Id).ToHashSet(), catalogue.ReadSegments());
        PackDirectory[] known = [.. packs.Select(p => AllPacks[p])];
        Assert.Equal(
            packs.Select(p => (AllPacks[p].Id, IsListed(segments, p))).OrderBy(p => p.Id),
            catalogue.ReadPacks().Select(p => (p.Id, p.IsListed)));
        Assert.Equal(
            new CatalogueTotals(known.Length, known.Sum(p => p.Entries.Count), known.Sum(p => p.Length)), catalogue.Totals);
        ILookup<BlobId, BlobLocation> locations = known.SelectMany(Locations).ToLookup(l => l.Entry.Id);
        for (int i = 0; i < Blobs + 5; i++)
        {
            Assert.Equal(locations[Blob(i)].ToHashSet(), catalogue.FindAll(Blob(i)).ToHashSet());
            Assert.Equal(locations.Contains(Blob(i)), catalogue.TryFind(Blob(i), out _));
        }

        for (int p = 0; p < Packs; p++)
        {
            Assert.Equal(packs.Contains(p) ? AllPacks[p].Entries : null, catalogue.ReadPack(AllPacks[p].Id)?.Entries);
            Assert.Equal(complete.Contains(p), catalogue.IsComplete(Blob(p)));
        }
    }
}
