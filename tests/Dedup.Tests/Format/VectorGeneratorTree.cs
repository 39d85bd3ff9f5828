using System.Text;

namespace Dedup.Tests.Format;

/// <summary>Vectors of pages of directories (sections 11 and 12).</summary>
internal static class VectorGeneratorTree
{
    private const string Kind = "tree";

    private static readonly NodeParts File = new("file"u8.ToArray(), 1) { Tail = NodeParts.File(10, NodeParts.Extent(5, 10)) };
    private static readonly NodeParts Pipe = new("pipe"u8.ToArray(), 6);

    /// <summary>A page with a node of each type and each form.</summary>
    public static IReadOnlyList<NodeParts> EveryType { get; } =
    [
        new("block"u8.ToArray(), 5) { Tail = new FieldWriter().U32(4095).U32(1_048_575).ToArray() },
        new("char"u8.ToArray(), 4) { Tail = new FieldWriter().U32(1).U32(3).ToArray() },
        new("dir"u8.ToArray(), 2) { Inode = 0, Mode = 0xFFF, Tail = NodeParts.Directory(3, 2, 1UL << 40), Attributes = [NodeParts.Attribute("user.e"u8.ToArray(), 0, 0, [])] },
        File with { Remarks = 7, Attributes = [NodeParts.Attribute([0xFF], 512, 0, new byte[512])] },
        new("holes"u8.ToArray(), 1) { Remarks = 1, Tail = NodeParts.File(1UL << 62, NodeParts.Extent(0, (1UL << 62) - (64 << 20)), NodeParts.Extent(6, 64 << 20)) },
        new("large"u8.ToArray(), 1) { LinkCount = 2, LinkDevice = 66, Tail = NodeParts.FileWithList(long.MaxValue, 8), Attributes = [NodeParts.Attribute("a"u8.ToArray(), 513, 1, VectorKeys.Id(9)), NodeParts.Attribute("b"u8.ToArray(), 64 << 20, 1, VectorKeys.Id(9))] },
        new("link"u8.ToArray(), 3) { User = [], Group = [], Tail = NodeParts.Target(0xFF, 1) },
        Pipe,
        new("socket"u8.ToArray(), 7) { Mtime = long.MinValue },
        new([0xFE, 0xFF], 1) { Remarks = 2, Tail = NodeParts.File(0) },
    ];

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("every type", new PageParts(0, [.. EveryType.Select(node => node.Build())]), [.. EveryType.Select(Describe)]);
        yield return Accept("nothing in it", new PageParts(0), []);
        yield return Accept("longest name", new PageParts(0, (Pipe with { Name = Repeat('n', 1024) }).Build()), [Describe(Pipe with { Name = Repeat('n', 1024) })]);
        yield return Accept("branches", new PageParts(8, Branch(1, 700, "a"u8), Branch(2, 1, "b"u8)), [BranchValue(1, 700, "a"u8), BranchValue(2, 1, "b"u8)]);

        foreach ((string name, string rule, byte[] content) in new PageParts(0, File.Build(), Pipe.Build()).Wrong())
        {
            yield return new FormatVector(Kind, name, rule, content, null);
        }

        foreach ((string name, string rule, byte[] content) in new PageParts(1, Branch(1, 7, "a"u8), Branch(2, 8, "b"u8)).Wrong())
        {
            yield return new FormatVector(Kind, "branches " + name, rule, content, null);
        }

        foreach (FormatVector vector in Names().Concat(Fields()).Concat(Attributes()).Concat(Content()))
        {
            yield return vector;
        }
    }

    /// <summary>What a reader finds of a node: everything but content is shown as the bytes that a node has.</summary>
    public static string Describe(NodeParts node) => Convert.ToHexStringLower(node.Build());

    private static IEnumerable<FormatVector> Names()
    {
        foreach ((string name, byte[] bytes) in new (string, byte[])[]
        {
            ("empty name", []), ("name dot", "."u8.ToArray()), ("name dot dot", ".."u8.ToArray()), ("name with slash", "a/b"u8.ToArray()),
            ("name slash", "/"u8.ToArray()), ("name with NUL", "a\0"u8.ToArray()), ("name too long", Repeat('n', 1025)),
        })
        {
            const string Rule = "names can be entries of a directory";
            yield return Reject(name, Rule, Pipe with { Name = bytes });
            yield return new FormatVector(Kind, "first " + name, Rule, new PageParts(1, Branch(1, 1, bytes)).Build(), null);
        }

        const string Ascending = "names ascend as byte strings";
        yield return Reject("names descend", Ascending, Pipe, File);
        yield return Reject("name twice", Ascending, Pipe, Pipe);
        yield return Reject("longer name first", Ascending, Pipe with { Name = "pipes"u8.ToArray() }, Pipe);
        yield return Reject("names signed", Ascending, Pipe with { Name = [0x80] }, Pipe);
        yield return new FormatVector(Kind, "first names descend", Ascending, new PageParts(1, Branch(1, 1, "b"u8), Branch(2, 1, "a"u8)).Build(), null);
        yield return new FormatVector(Kind, "first name twice", Ascending, new PageParts(1, Branch(1, 1, "a"u8), Branch(2, 1, "a"u8)).Build(), null);
        yield return new FormatVector(Kind, "nodes below beyond 63 bits", "counts are below 2^63", new PageParts(1, Branch(1, 1UL << 63, "a"u8)).Build(), null);
    }

    private static IEnumerable<FormatVector> Fields()
    {
        yield return Reject("type 0", "types are 1 to 7", Pipe with { Type = 0 });
        yield return Reject("type 8", "types are 1 to 7", Pipe with { Type = 8 });
        yield return Reject("remark 8", "remarks are bits 1, 2 and 4", Pipe with { Remarks = 8 });
        yield return Reject("mode 4096", "the mode has twelve bits", Pipe with { Mode = 0x1000 });
        yield return Reject("mode most", "the mode has twelve bits", Pipe with { Mode = 0xFFFF });
        yield return Reject("user not UTF-8", "text is well-formed UTF-8", Pipe with { User = [0xC0, 0x80] });
        yield return Reject("group too long", "text has at most 4096 bytes", Pipe with { Group = Repeat('g', 4097) });
        yield return Reject("pipe with tail", "a pipe has nothing more", Pipe with { Tail = new byte[8] });
        yield return Reject("device without minor", "the fields are there", Pipe with { Type = 4, Tail = new byte[4] });
        yield return Reject("target with NUL", "a target holds no NUL", Pipe with { Type = 3, Tail = NodeParts.Target(1, 0, 1) });
        yield return Reject("target too long", "a target has at most 65,536 bytes", Pipe with { Type = 3, Tail = NodeParts.Target(Repeat('t', 65_537)) });
        yield return Reject("target most", "a target has at most 65,536 bytes", Pipe with { Type = 3, Tail = new FieldWriter().U32(uint.MaxValue).ToArray() });
        yield return Reject("directory files beyond 63 bits", "counts are below 2^63", Pipe with { Type = 2, Tail = NodeParts.Directory(1UL << 63, 0, 0) });
        yield return Reject("directory bytes beyond 63 bits", "sums are below 2^63", Pipe with { Type = 2, Tail = NodeParts.Directory(0, 0, ulong.MaxValue) });
    }

    private static IEnumerable<FormatVector> Attributes()
    {
        byte[] a = NodeParts.Attribute("a"u8.ToArray(), 1, 0, [1]), b = NodeParts.Attribute("b"u8.ToArray(), 1, 0, [1]);
        yield return Reject("attributes descend", "attributes are sorted by name", Pipe with { Attributes = [b, a] });
        yield return Reject("attribute twice", "attributes are sorted by name", Pipe with { Attributes = [a, a] });
        foreach ((string name, string rule, byte[] attribute) in new (string, string, byte[])[]
        {
            ("without name", "an attribute has a name", NodeParts.Attribute([], 1, 0, [1])),
            ("name with NUL", "an attribute's name holds no NUL", NodeParts.Attribute([97, 0], 1, 0, [1])),
            ("large inside", "values up to 512 bytes are inside the node", NodeParts.Attribute("a"u8.ToArray(), 513, 0, new byte[513])),
            ("small outside", "values up to 512 bytes are inside the node", NodeParts.Attribute("a"u8.ToArray(), 512, 1, VectorKeys.Id(9))),
            ("form 2", "there are two forms", NodeParts.Attribute("a"u8.ToArray(), 1, 2, [1])),
            ("too long", "a value has at most 64 MiB", NodeParts.Attribute("a"u8.ToArray(), (64 << 20) + 1, 1, VectorKeys.Id(9))),
            ("longest", "a value has at most 64 MiB", NodeParts.Attribute("a"u8.ToArray(), uint.MaxValue, 1, VectorKeys.Id(9))),
        })
        {
            yield return Reject("attribute " + name, rule, Pipe with { Attributes = [attribute] });
        }

        yield return Reject("4097 attributes", "at most 4096 attributes", Pipe with
        {
            Attributes = [.. Enumerable.Range(0, 4097).Select(i => NodeParts.Attribute(Encoding.ASCII.GetBytes($"{i:d4}"), 0, 0, []))],
        });
    }

    private static IEnumerable<FormatVector> Content()
    {
        foreach ((string name, string rule, byte[] tail) in new (string, string, byte[])[]
        {
            ("17 extents", "at most 16 extents are inside the node", NodeParts.File(17, [.. Enumerable.Repeat(NodeParts.Extent(1, 1), 17)])),
            ("empty extent", "an extent is not empty", NodeParts.File(1, NodeParts.Extent(1, 0), NodeParts.Extent(1, 1))),
            ("empty hole", "an extent is not empty", NodeParts.File(0, NodeParts.Extent(0, 0))),
            ("extent too long", "a chunk has at most 64 MiB", NodeParts.File((64 << 20) + 1, NodeParts.Extent(1, (64 << 20) + 1))),
            ("extents too short", "the lengths add up to the size", NodeParts.File(11, NodeParts.Extent(1, 10))),
            ("extents too long", "the lengths add up to the size", NodeParts.File(9, NodeParts.Extent(1, 10))),
            ("extents missing", "the lengths add up to the size", NodeParts.File(1)),
            ("extents overflow", "the lengths add up to the size", NodeParts.File(6, NodeParts.Extent(0, long.MaxValue), NodeParts.Extent(0, long.MaxValue), NodeParts.Extent(0, 8))),
            ("size beyond 63 bits", "a size is below 2^63", NodeParts.FileWithList(1UL << 63, 8)),
            ("hole beyond 63 bits", "a length is below 2^63", NodeParts.File(1UL << 63, NodeParts.Extent(0, 1UL << 63))),
            ("content form 2", "there are two forms", new FieldWriter().U64(0).U8(2).Zeros(32).ToArray()),
            ("list without id", "a list has an id", NodeParts.FileWithList(1, 0)),
        })
        {
            yield return Reject(name, rule, File with { Tail = tail });
        }
    }

    private static byte[] Branch(byte page, ulong nodes, ReadOnlySpan<byte> first) =>
        new FieldWriter().Bytes(VectorKeys.Id(page)).U64(nodes).Text(first.ToArray()).ToArray();

    private static string BranchValue(byte page, ulong nodes, ReadOnlySpan<byte> first) =>
        $"{Convert.ToHexStringLower(VectorKeys.Id(page))} {nodes} {Convert.ToHexStringLower(first)}";

    private static byte[] Repeat(char letter, int count) => Encoding.ASCII.GetBytes(new string(letter, count));

    private static FormatVector Accept(string name, PageParts page, IReadOnlyList<string> entries) => new(
        Kind, name, "a whole page", page.Build(),
        [("level", $"{page.Level}"), .. entries.Select((entry, place) => ($"entry {place}", entry))]);

    private static FormatVector Reject(string name, string rule, params IEnumerable<NodeParts> nodes) =>
        new(Kind, name, rule, new PageParts(0, [.. nodes.Select(node => node.Build())]).Build(), null);
}
