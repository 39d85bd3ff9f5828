using System.Text;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Tests.Format;

/// <summary>What a source holds below one of its directories, read without a repository.</summary>
internal static class SourceWalk
{
    /// <summary>The entries by path, each character one byte of the names.</summary>
    public static Dictionary<string, (NodeMetadata Metadata, byte[] Content, byte[] Target, IReadOnlyList<ExtendedAttribute> Attributes)> Read(string path)
    {
        Dictionary<string, (NodeMetadata Metadata, byte[] Content, byte[] Target, IReadOnlyList<ExtendedAttribute> Attributes)> found = [];
        using ISourceDirectory root = new FileSystemSource([path]).OpenRoot();
        Read(root, "", found, path.TrimStart('/'));
        return found;
    }

    private static void Read(
        ISourceDirectory directory,
        string prefix,
        Dictionary<string, (NodeMetadata Metadata, byte[] Content, byte[] Target, IReadOnlyList<ExtendedAttribute> Attributes)> found,
        string wanted)
    {
        foreach (EntryName name in directory.ReadNames())
        {
            string path = prefix + Encoding.Latin1.GetString(name.Bytes);
            NodeMetadata metadata = directory.Stat(name);

            // The directories on the way to the tree belong to others, who may change them meanwhile.
            if (path.StartsWith(wanted + "/", StringComparison.Ordinal))
            {
                byte[] content = metadata.Type == NodeType.File ? Content(directory, name, metadata) : [];
                byte[] target = metadata.Type == NodeType.SymbolicLink ? directory.ReadLink(name) : [];
                found.Add(path, (metadata, content, target, directory.ReadXattrs(name)));
            }

            if (metadata.Type == NodeType.Directory)
            {
                using ISourceDirectory below = directory.OpenDirectory(name);
                Read(below, path + "/", found, wanted);
            }
        }
    }

    private static byte[] Content(ISourceDirectory directory, EntryName name, NodeMetadata metadata)
    {
        using ISourceFile file = directory.OpenFile(name);
        byte[] content = new byte[metadata.Size];
        for (int done = 0, read = 1; done < content.Length && read > 0; done += read)
        {
            read = file.Read(done, content.AsSpan(done));
        }

        return content;
    }
}
