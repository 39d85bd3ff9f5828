using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Tests.Format;

/// <summary>Reads and writes pages with the engine.</summary>
internal static class EnginePages
{
    public static List<(string Name, string Value)> ReadTree(byte[] content)
    {
        ByteReader reader = new(content, "vector");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return Listed(level, level == 0
            ? PageFormat.ReadNodes(ref reader, count, new TextPool()).Select(Describe)
            : PageFormat.ReadTreeBranches(ref reader, count)
                .Select(branch => $"{branch.Page} {branch.Nodes} {Convert.ToHexStringLower(branch.FirstName.Bytes)}"));
    }

    public static List<(string Name, string Value)> ReadList(byte[] content)
    {
        ByteReader reader = new(content, "vector");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        return Listed(level, level == 0
            ? PageFormat.ReadExtents(ref reader, count).Select(extent => $"{extent.Blob} {extent.Length}")
            : PageFormat.ReadListBranches(ref reader, count).Select(branch => $"{branch.Page} {branch.Bytes}"));
    }

    /// <summary>Reads a page and writes it again.</summary>
    public static byte[] Rewrite(string kind, byte[] content)
    {
        ByteReader reader = new(content, "vector");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        ByteWriter writer = new();
        writer.Zeros(PageFormat.HeaderLength);
        PageFormat.WriteHeader(writer.Reserved(PageFormat.HeaderLength), level, count);
        switch (kind, level)
        {
            case ("tree", 0):
                Array.ForEach(PageFormat.ReadNodes(ref reader, count, new TextPool()), node => NodeFormat.Write(writer, node));
                break;
            case ("tree", _):
                Array.ForEach(PageFormat.ReadTreeBranches(ref reader, count), branch => PageFormat.WriteBranch(writer, branch));
                break;
            case (_, 0):
                Array.ForEach(PageFormat.ReadExtents(ref reader, count), extent => NodeFormat.WriteExtent(writer, extent));
                break;
            default:
                Array.ForEach(PageFormat.ReadListBranches(ref reader, count), branch => PageFormat.WriteBranch(writer, branch));
                break;
        }

        return writer.Written.ToArray();
    }

    private static string Describe(Node node)
    {
        ByteWriter writer = new();
        NodeFormat.Write(writer, node);
        return Convert.ToHexStringLower(writer.Written);
    }

    private static List<(string Name, string Value)> Listed(int level, IEnumerable<string> entries) =>
        [("level", $"{level}"), .. entries.Select((entry, place) => ($"entry {place}", entry))];
}
