using System.Buffers.Binary;
using Dedup.Catalogue;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>
/// The catalogue as a file of anything: it is made anew, or found damaged when it is used, or what it says of blobs and packs is right. The input is whether the log of SQLite
/// beside it is damaged too, and what becomes of the file.
/// </summary>
internal sealed class CatalogueFuzzer : Fuzzer
{
    private const string LogName = CatalogueFolder.DatabaseName + "-wal";
    private const int Blobs = 60;

    private static readonly PackDirectory[] Packs = [.. Enumerable.Range(0, 3).Select(static pack => Pack(pack, pack * 20, 25))];

    private static readonly ILookup<BlobId, BlobLocation> Truth = Packs
        .SelectMany(static pack => pack.Entries.Select(entry => new BlobLocation(pack.Id, pack.Kind, entry))).ToLookup(static location => location.Entry.Id);

    private readonly CacheFolder _folder = new();
    private readonly byte[] _genuine;

    public CatalogueFuzzer()
        : base("catalogue")
    {
        _folder.Reset();
        using (CatalogueDatabase catalogue = Open())
        {
            catalogue.Apply(new CatalogueChange { SegmentsAdded = [new CatalogueSegment(FuzzKeys.Repository, Packs[..2])], PacksAdded = Packs[2..] });
            catalogue.MarkComplete([Blob(1)], catalogue.Epoch);
            catalogue.AddClosures([new KeyValuePair<BlobId, PageReferences>(Blob(1), new PageReferences([Blob(2)], [Blob(3)], [4]))]);
        }

        // Its epoch and its incarnation are random: the same file each time makes a failure come again.
        using (SqliteConnection connection = new(Path.Combine(_folder.Path, CatalogueFolder.DatabaseName), cacheKibibytes: 64, readOnly: false))
        {
            CatalogueState state = CatalogueState.Read(connection.Prepare(CatalogueState.Select), connection);
            (state with { Epoch = 7 }).Write(connection.Prepare(CatalogueState.Update));
            connection.Execute("UPDATE state SET incarnation = 7");
        }

        _genuine = _folder.Read(CatalogueFolder.DatabaseName);
    }

    public override int MaxLength => 8 << 10;

    public override IEnumerable<byte[]> Seeds =>
    [
        [0, 2], [0, 0], [1, 0, .. _genuine.AsSpan(0, 4096)], [0, 1, 0, 0x20], [0, 1, 0x64, 0],
        .. Enumerable.Range(0, _genuine.Length / 4096).Select(static page => (byte[])[(byte)(page % 2), 2, (byte)page, 0, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [[.. "SQLite format 3\0"u8], [0x0D, 0, 0, 0], [0x0A, 0, 0, 0], [0x37, 0x7F, 0x06, 0x82], [.. "CREATE TABLE blobs("u8], [.. "CREATE VIEW blobs AS SELECT"u8]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        bool damagesLog = (script.Byte() & 1) != 0;
        byte[] damaged = FileDamage.Apply(ref script, _genuine);
        byte[] log = damagesLog ? script.Rest.ToArray() : [];
        _folder.Reset((CatalogueFolder.DatabaseName, damaged), (LogName, log));
        using Allocation bound = Allocation.AtMost(AllocationFor(damaged.Length + log.Length) * 16);
        using CatalogueDatabase catalogue = Open();
        int found = 0, refused = 0;
        foreach (Func<CatalogueDatabase, int> use in Uses)
        {
            try
            {
                found += use(catalogue);
            }
            catch (CatalogueDamagedException)
            {
                refused++;
            }
        }

        catalogue.Discard();
        using CatalogueDatabase anew = Open();
        anew.Apply(new CatalogueChange { PacksAdded = Packs });
        PropertyException.Require(anew.FindAll(Blob(0)).Count == 1, "a catalogue made anew does not find what it holds");
        return Outcome.Accepted(found, refused);
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    /// <summary>Ways to use it; each says how much it found.</summary>
    private static IEnumerable<Func<CatalogueDatabase, int>> Uses =>
    [
        .. Enumerable.Range(0, Blobs / 6).Select(static i => (Func<CatalogueDatabase, int>)(catalogue => Find(catalogue, Blob(i * 7)))),
        static catalogue => catalogue.FindEach([Blob(0), Blob(30), Blob(200)]).Count(static location => location is not null && Require(location.Value)),
        static catalogue => catalogue.ReadDirectories().Count(RequireGenuine),
        static catalogue => catalogue.ReadSegments().Count + catalogue.ReadListedPacks().Count,
        static catalogue => catalogue.IsComplete(Blob(1)) ? 1 : 0,
        static catalogue => RequireClosure(catalogue.TryReadClosure(Blob(1))),
        static catalogue => { catalogue.Refresh(); return 0; },
        static catalogue => { catalogue.Apply(new CatalogueChange { PacksAdded = [Pack(9, 300, 5)] }); return 0; },
        static catalogue => { catalogue.Apply(new CatalogueChange { PacksGone = [Packs[0].Id], SegmentsRemoved = [FuzzKeys.Repository] }); return 0; },
        static catalogue => catalogue.MarkComplete([Blob(5)], catalogue.Epoch) ? 1 : 0,
        static catalogue => { catalogue.RetainClosures(static _ => false); return (int)(catalogue.Totals.Packs & 0xFF); },
    ];

    private CatalogueDatabase Open() => CatalogueDatabase.Open(_folder.Path, FuzzKeys.Repository.ToArray());

    private static int Find(CatalogueDatabase catalogue, BlobId id)
    {
        PropertyException.Require(!catalogue.TryFind(id, out BlobLocation one) || Truth[id].Contains(one), $"blob {id} is found where it is not");
        IReadOnlyList<BlobLocation> all = catalogue.FindAll(id);
        PropertyException.Require(all.All(Truth[id].Contains), $"blob {id} is found where it is not");
        return all.Count;
    }

    private static bool Require(BlobLocation location)
    {
        PropertyException.Require(Truth[location.Entry.Id].Contains(location), $"blob {location.Entry.Id} is found where it is not");
        return true;
    }

    private static bool RequireGenuine(PackDirectory directory)
    {
        PropertyException.Require(
            Packs.Any(pack => pack.Id == directory.Id && pack.Kind == directory.Kind && pack.Entries.SequenceEqual(directory.Entries)), $"pack {directory.Id} is read wrong");
        return true;
    }

    private static int RequireClosure(PageReferences? references)
    {
        PropertyException.Require(references is null or { Trees.Count: 1, Lists.Count: 1, Data: [4] }, "a page refers to something else");
        return references is null ? 0 : 1;
    }

    private static BlobId Blob(int number)
    {
        byte[] id = FuzzKeys.Counting(0, BlobId.Length);
        BinaryPrimitives.WriteInt32LittleEndian(id, number);
        return new BlobId(id);
    }

    private static PackDirectory Pack(int number, int first, int count)
    {
        PackEntry[] entries = [.. Enumerable.Range(0, count).Select(
            i => new PackEntry(Blob(first + i), BlobKind.Data, BlobCodec.None, 500, 500, 64 + (i * 1000), i))];
        return new PackDirectory(new PackId(FuzzKeys.Counting(0x70 + number, PackId.Length)), PackKind.Data, 100_000, entries);
    }
}
