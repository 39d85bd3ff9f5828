using Dedup.Format;
using Dedup.Trees;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dedup.Tests.Content;

/// <summary>Properties of nodes as bytes. FsCheck prints the seed of a node that fails.</summary>
public sealed class NodeFormatTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static Config Checks(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_260_101UL, 7_919UL);

    [Fact]
    public void What_is_written_is_read_again() => Check.One(Checks(2000), Prop.ForAll(Seeds, seed =>
    {
        Node node = NodeMaker.Make(new Random(seed));
        Node read = Read(Write(node));
        return read.Name == node.Name && read.Metadata == node.Metadata && read.Remarks == node.Remarks
            && read.Tree == node.Tree && read.Totals == node.Totals && read.List == node.List
            && read.Extents.SequenceEqual(node.Extents) && read.LinkTarget.Span.SequenceEqual(node.LinkTarget.Span)
            && read.Xattrs.Select(Describe).SequenceEqual(node.Xattrs.Select(Describe));
    }));

    [Fact]
    public void What_is_read_is_written_as_the_same_bytes_or_was_refused()
    {
        int accepted = 0;
        Check.One(Checks(20_000), Prop.ForAll(Seeds, seed =>
        {
            Random random = new(seed);
            byte[] bytes = Write(NodeMaker.Make(random));
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                Node read = Read(bytes);
                accepted++;
                return Write(read).AsSpan().SequenceEqual(bytes);
            }
            catch (CorruptDataException)
            {
                return true;
            }
        }));
        Assert.True(accepted > 1000);
    }

    [Fact]
    public void A_node_that_ends_early_is_refused_wherever_it_ends() => Check.One(Checks(200), Prop.ForAll(Seeds, seed =>
    {
        byte[] bytes = Write(NodeMaker.Make(new Random(seed)));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<CorruptDataException>(() => Read(bytes[..length]));
        }
    }));

    private static string Describe(NodeXattr xattr) =>
        $"{Convert.ToHexString(xattr.Name)} {xattr.Length} {(xattr.Value is null ? "" : Convert.ToHexString(xattr.Value))} {xattr.Blob}";

    private static byte[] Write(Node node)
    {
        ByteWriter writer = new();
        NodeFormat.Write(writer, node);
        return writer.Written.ToArray();
    }

    private static Node Read(byte[] bytes)
    {
        ByteReader reader = new(bytes, "node");
        Node node = NodeFormat.Read(ref reader, new TextPool());
        reader.End();
        return node;
    }
}
