using System.Text;

namespace Dedup.FormatReader;

/// <summary>Walks a tree and fetches what its nodes refer to.</summary>
public sealed class TreeRestorer(BlobIndex index)
{
    private readonly SequenceReader _sequences = new(index);

    public Dictionary<string, RestoredEntry> Restore(string rootTree)
    {
        var restored = new Dictionary<string, RestoredEntry>();
        var pending = new Stack<(string Prefix, string TreeId, int Depth)>();
        pending.Push(("", rootTree, 0));
        while (pending.TryPop(out (string Prefix, string TreeId, int Depth) directory))
        {
            foreach (Node node in _sequences.Directory(directory.TreeId))
            {
                string path = directory.Prefix + Encoding.Latin1.GetString(node.Name);
                restored.Add(path, RestoreOne(path, node));
                if (node.TreeId is not null)
                {
                    Limits.Check((ulong)directory.Depth + 1, Limits.Nesting, "nesting of directories");
                    pending.Push((path + "/", node.TreeId, directory.Depth + 1));
                }
            }
        }

        return restored;
    }

    private RestoredEntry RestoreOne(string path, Node node)
    {
        List<Extent> extents = node.ListId is null ? node.Extents ?? [] : _sequences.Extents(node.ListId, node.Size);
        var attributes = node.Attributes.ToDictionary(
            attribute => Encoding.Latin1.GetString(attribute.Name), attribute => attribute.Value ?? Data(attribute.BlobId!, attribute.Length));
        return new RestoredEntry(path, node, Content(extents, node.Size), extents, attributes);
    }

    private byte[] Content(List<Extent> extents, ulong size)
    {
        Limits.Check(size, (ulong)Array.MaxLength, "length of a file, for this reader");
        byte[] content = new byte[size];
        int written = 0;
        foreach (Extent extent in extents)
        {
            if (extent.BlobId is not null)
            {
                Data(extent.BlobId, (uint)extent.Length).CopyTo(content, written);
            }

            written += (int)extent.Length;
        }

        return content;
    }

    private byte[] Data(string id, uint length)
    {
        byte[] data = index.Read(id, BlobEntry.Data);
        return data.Length == (int)length ? data : throw new RejectedException($"Blob {id} has {data.Length} bytes instead of {length}.");
    }
}
