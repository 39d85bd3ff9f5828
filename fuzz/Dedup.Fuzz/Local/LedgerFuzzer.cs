using Dedup.Catalogue;

namespace Dedup.Fuzz;

/// <summary>
/// The ledger of what this machine remembers of a repository, as a file of anything: what was never written is not read from it, and it can be written again.
/// The input is whether it is read or written first, whether the log of SQLite beside it is damaged too, and what becomes of the file.
/// </summary>
internal sealed class LedgerFuzzer : Fuzzer
{
    private const string DatabaseName = "ledger.db", LogName = DatabaseName + "-wal", Place = "/repository";

    private static readonly EvidenceHead Head = new(7, 3, FuzzKeys.Repository, 1_700_000_000_000_000_000), Later = Head with { Number = 4 };

    private static readonly Dictionary<PackId, Verification> Verified = Enumerable.Range(1, 40).ToDictionary(
        static i => new PackId(FuzzKeys.Counting(i, PackId.Length)), static i => new Verification(1_700_000_000_000_000_000 + i, i % 5 == 0));

    private static readonly KeyValuePair<PackId, Verification> New = new(new PackId(FuzzKeys.Counting(0x90, PackId.Length)), new Verification(1, IsDamaged: true));

    private static readonly HashSet<SnapshotId> Seen = [.. Enumerable.Range(1, 20).Select(static i => new SnapshotId(FuzzKeys.Counting(i, SnapshotId.Length)))];

    private readonly CacheFolder _folder = new();
    private readonly byte[] _genuine;

    public LedgerFuzzer()
        : base("ledger")
    {
        _folder.Reset();
        Packs.Record(Verified, []);
        Snapshots.Record(Seen, []);
        Evidence.Note(Head, null);
        Evidence.Keep(FuzzKeys.Counting(1, 16), [1, 2, 3]);
        _genuine = _folder.Read(DatabaseName);
    }

    public override int MaxLength => 8 << 10;

    public override IEnumerable<byte[]> Seeds =>
    [
        [0, 2], [1, 2], [0, 0], [1, 0, .. _genuine.AsSpan(0, 4096)], [0, 1, 0, 0x20], [1, 1, 0x64, 0],
        .. Enumerable.Range(0, _genuine.Length / 4096).Select(static page => (byte[])[(byte)(page % 4), 2, (byte)page, 0, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [[.. "SQLite format 3\0"u8], [0x0D, 0, 0, 0], [0x0A, 0, 0, 0], [0x37, 0x7F, 0x06, 0x82], [.. "CREATE TABLE snapshots("u8], [.. "CREATE VIEW snapshots AS SELECT"u8]];

    private VerificationLedger Packs => new(_folder.Path, FuzzKeys.Repository, Place);

    private SnapshotLedger Snapshots => new(_folder.Path, FuzzKeys.Repository, Place);

    private EvidenceLedger Evidence => new(_folder.Path, FuzzKeys.Repository, Place);

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        int choice = script.Byte();
        byte[] damaged = FileDamage.Apply(ref script, _genuine);
        byte[] log = (choice & 2) == 0 ? [] : script.Rest.ToArray();
        _folder.Reset((DatabaseName, damaged), (LogName, log));
        using Allocation bound = Allocation.AtMost(AllocationFor(damaged.Length + log.Length) * 8);
        Outcome first = (choice & 1) == 0 ? Read() : Write();
        return first.And((choice & 1) == 0 ? Write() : Read()).And(Read());
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    private Outcome Read()
    {
        Dictionary<PackId, Verification> packs = Packs.Read();
        foreach ((PackId pack, Verification verification) in packs)
        {
            PropertyException.Require(
                pack == New.Key ? verification == New.Value : Verified.TryGetValue(pack, out Verification genuine) && genuine == verification, $"pack {pack} was never found like this");
        }

        HashSet<SnapshotId> snapshots = Snapshots.Read();
        PropertyException.Require(snapshots.IsSubsetOf(Seen), "a snapshot was never seen");
        EvidenceMemory evidence = Evidence.Read();
        PropertyException.Require(evidence.Head is null || evidence.Head == Head || evidence.Head == Later, "a record of evidence was never seen");
        return Outcome.Accepted(packs.Count, snapshots.Count, evidence.Deeds.Count, evidence.Head is null ? 0 : 1);
    }

    private Outcome Write()
    {
        Packs.Record([New], [Verified.Keys.First()]);
        Snapshots.Record([Seen.First()], [Seen.Last()]);
        Evidence.Keep(FuzzKeys.Counting(2, 16), [4]);
        Evidence.Note(Later, FuzzKeys.Counting(1, 16));
        return default;
    }
}
