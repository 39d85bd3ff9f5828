using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Fuzz;

/// <summary>Pages of directories, and the nodes in them (format-spec.md, section 12).</summary>
internal sealed class TreePageFuzzer() : PageFuzzer<Node, TreeBranch>("tree")
{
    private static readonly BlobId Blob = new(FuzzKeys.Counting(5, BlobId.Length));

    public override IEnumerable<byte[]> Seeds => [Page(), Page(SeedNodes), .. SeedNodes.Select(node => Page(node)), Branches(2, new TreeBranch(Blob, 128, EntryName.FromText("a")), new TreeBranch(Blob, 7, EntryName.FromText("b")))];

    public override IReadOnlyList<byte[]> Words { get; } =
        [[1, 0, (byte)'.'], [2, 0, (byte)'.', (byte)'.'], [3, 0, (byte)'a', (byte)'/', (byte)'b'], [1, 0, 0], [0, 0], "user.x"u8.ToArray(), new byte[BlobId.Length]];

    /// <summary>A node of each kind, sorted by name.</summary>
    public static Node[] SeedNodes =>
    [
        new() { Name = EntryName.FromText("block"), Metadata = Of(NodeType.BlockDevice) with { DeviceMajor = 8, DeviceMinor = 1 } },
        new() { Name = EntryName.FromText("char"), Metadata = Of(NodeType.CharacterDevice) with { DeviceMajor = 1, DeviceMinor = 3 } },
        new() { Name = EntryName.FromText("directory"), Metadata = Of(NodeType.Directory), Tree = Blob, Totals = new TreeTotals(1, 2, 3) },
        new() { Name = EntryName.FromText("fifo"), Metadata = Of(NodeType.Fifo) },
        new()
        {
            Name = EntryName.FromText("file"),
            Metadata = Of(NodeType.File) with { Size = 150, Inode = 17, LinkCount = 2, LinkDevice = 3, UserName = "ann", GroupName = "users" },
            Extents = [new Extent(Blob, 100), Extent.Hole(50)],
            Remarks = NodeRemarks.RecentlyChanged,
            Xattrs = [new NodeXattr("user.a"u8.ToArray(), 3, "abc"u8.ToArray(), default), new NodeXattr("user.large"u8.ToArray(), 5000, null, Blob)],
        },
        new() { Name = EntryName.FromText("link"), Metadata = Of(NodeType.SymbolicLink), LinkTarget = "../elsewhere"u8.ToArray() },
        new() { Name = EntryName.FromText("list"), Metadata = Of(NodeType.File) with { Size = 1 << 30 }, List = Blob },
        new() { Name = EntryName.FromText("socket"), Metadata = Of(NodeType.Socket) },
    ];

    protected override Node[] ReadEntries(ref ByteReader reader, int count) => PageFormat.ReadNodes(ref reader, count, new TextPool());

    protected override TreeBranch[] ReadBranches(ref ByteReader reader, int count) => PageFormat.ReadTreeBranches(ref reader, count);

    protected override void Write(ByteWriter writer, Node entry) => NodeFormat.Write(writer, entry);

    protected override void Write(ByteWriter writer, TreeBranch branch) => PageFormat.WriteBranch(writer, branch);

    protected override Outcome Describe(Node[] entries)
    {
        long kinds = entries.Aggregate(0L, static (kinds, node) => kinds | 1L << (int)node.Metadata.Type);
        return Outcome.Accepted(0, entries.Length, entries.Sum(static node => node.Xattrs.Count), entries.Sum(static node => node.Extents.Count)).And(new Outcome((ulong)kinds));
    }

    protected override void ReadIndependently(byte[] plain) => FormatReader.TreePage.Parse(plain);

    private static NodeMetadata Of(NodeType type) => new() { Type = type, Mode = 0x1ED, UserId = 1000, GroupId = 1000, ModifiedNs = 1_700_000_000_123_456_789, ChangedNs = -1 };
}
