using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dedup.Content;
using Dedup.FormatReader;
using Dedup.Trees;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>The engine cuts directories and lists where format-spec.md says: another place would store every directory anew.</summary>
public sealed class PageCuttingTests
{
    private readonly Dictionary<string, byte[]> _expected = [];
    private readonly Dictionary<string, byte[]> _actual = [];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(127, 0)]
    [InlineData(4096, 0)]
    [InlineData(30_000, 0)]
    [InlineData(5000, 500)]
    public void A_directory(int count, int ownerLength)
    {
        string owner = new('o', ownerLength);
        List<string> names = [.. Enumerable.Range(0, count).Select(i => $"name {i:d7}")];
        var tree = new TreeWriter(EngineVerdict.Keys, Store);
        foreach (string name in names)
        {
            tree.Add(new Dedup.Trees.Node
            {
                Name = EntryName.FromText(name),
                Metadata = new NodeMetadata { Type = Dedup.Trees.NodeType.Fifo, UserName = owner, UserId = 1000, GroupId = 4_000_000_000, ChangedNs = -1 },
            });
        }

        byte[] expected = ReferencePages.Write(
            [.. names.Select(name => (Node(name, owner).Build(), IsLast(name), (Name: name, Count: 1UL)))],
            (id, below) =>
            {
                ulong nodes = below.Aggregate(0UL, (sum, item) => sum + item.Count);
                return (new FieldWriter().Bytes(id).U64(nodes).Text(below[0].Name).ToArray(), IsLast(below[0].Name), (below[0].Name, nodes));
            },
            page => Expect(BlobEntry.Tree, page));
        AssertSame(expected, tree.Finish().Tree);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(60_000)]
    public void A_list(int count)
    {
        // Every fifth is a hole, and ids are spread as ids are.
        List<(byte[] Id, ulong Length)> extents =
            [.. Enumerable.Range(0, count).Select(i => (i % 5 == 4 ? new byte[32] : SHA256.HashData(BitConverter.GetBytes(i)), (ulong)i + 1))];
        var list = new ListWriter(Store);
        extents.ForEach(extent => list.Add(new Dedup.Trees.Extent(new BlobId(extent.Id), (long)extent.Length)));
        byte[] expected = ReferencePages.Write(
            [.. extents.Select(extent => (Bytes(extent), IsLast(extent.Id), extent.Length))],
            (id, below) =>
            {
                ulong bytes = below.Aggregate(0UL, (sum, length) => sum + length);
                return (Bytes((id, bytes)), IsLast(id), bytes);
            },
            page => Expect(BlobEntry.List, page));
        AssertSame(expected, list.Finish().List);

        static byte[] Bytes((byte[] Id, ulong Length) extent) => new FieldWriter().Bytes(extent.Id).U64(extent.Length).ToArray();
    }

    private static NodeParts Node(string name, string owner) => new(Encoding.UTF8.GetBytes(name), 6)
    {
        Mode = 0,
        User = Encoding.UTF8.GetBytes(owner),
        Group = [],
        Mtime = 0,
        Inode = 0,
    };

    private static bool IsLast(string name) => IsLast(HMACSHA256.HashData(VectorKeys.Keys.Pages, Encoding.UTF8.GetBytes(name)));

    private static bool IsLast(byte[] id) => id.Any(b => b != 0) && BinaryPrimitives.ReadUInt64LittleEndian(id) % 512 == 0;

    private BlobId Store(BlobKind kind, ReadOnlySpan<byte> page)
    {
        string id = VectorKeys.Keys.IdOf((byte)kind, page);
        _actual[id] = page.ToArray();
        return new BlobId(Convert.FromHexString(id));
    }

    private byte[] Expect(byte kind, byte[] page)
    {
        string id = VectorKeys.Keys.IdOf(kind, page);
        _expected[id] = page;
        return Convert.FromHexString(id);
    }

    private void AssertSame(byte[] expected, BlobId actual)
    {
        Assert.Equal(Convert.ToHexStringLower(expected), actual.ToString());
        Assert.Equal(_expected.Keys.Order(StringComparer.Ordinal), _actual.Keys.Order(StringComparer.Ordinal));
    }
}
