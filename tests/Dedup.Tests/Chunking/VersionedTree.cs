namespace Dedup.Tests.Chunking;

/// <summary>Archives of successive versions of a tree of text files: some edited, some added, some removed.</summary>
internal static class VersionedTree
{
    public static List<byte[]> Make(ulong seed, int files, int versions)
    {
        SplitMix64 random = new(seed);
        List<byte[]> tree = [.. Enumerable.Range(0, files).Select(_ => NewFile(random))];
        List<byte[]> archives = [Join(tree)];
        while (archives.Count < versions)
        {
            for (int edits = files / 12; edits > 0; edits--)
            {
                int index = random.Below(tree.Count);
                tree[index] = Edit(tree[index], random);
            }

            tree.RemoveAt(random.Below(tree.Count));
            tree.Insert(random.Below(tree.Count), NewFile(random));
            archives.Add(Join(tree));
        }

        return archives;
    }

    private static byte[] NewFile(SplitMix64 random) =>
        ChunkerTestData.Text(random.Next(), 500 + random.Below(4000) + (random.Below(8) == 0 ? random.Below(60_000) : 0));

    private static byte[] Edit(byte[] file, SplitMix64 random)
    {
        int position = random.Below(file.Length);
        int removed = random.Below(Math.Min(200, file.Length - position));
        return [.. file[..position], .. ChunkerTestData.Text(random.Next(), random.Below(200)), .. file[(position + removed)..]];
    }

    private static byte[] Join(List<byte[]> tree) => [.. tree.SelectMany(file => file)];
}
