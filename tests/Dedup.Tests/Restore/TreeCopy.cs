using Dedup.Restore;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Tests.Restore;

/// <summary>Carries a source straight into a target, entry by entry: what a backup and a restore do, without a repository between.</summary>
internal sealed class TreeCopy
{
    private readonly Dictionary<(ulong Device, ulong Inode), (TargetDirectory Directory, EntryName Name)> _linked = [];
    private readonly Stack<TargetDirectory> _open = new();
    private readonly byte[] _buffer = new byte[1 << 17];

    private TreeCopy()
    {
    }

    /// <summary>What could not be given back, and what could not be made.</summary>
    public List<RestoreProblem> Problems { get; } = [];

    /// <summary>Copies everything.</summary>
    public static List<RestoreProblem> Run(IBackupSource source, string target)
    {
        TreeCopy copy = new();
        using ISourceDirectory root = source.OpenRoot();
        using TargetDirectory directory = TargetDirectory.Open(target, create: true);
        copy.CopyEntries(root, directory);
        foreach (TargetDirectory open in copy._open)
        {
            open.Dispose();
        }

        return copy.Problems;
    }

    private void CopyEntries(ISourceDirectory from, TargetDirectory to)
    {
        foreach (EntryName name in from.ReadNames())
        {
            NodeMetadata metadata = from.Stat(name);
            if (_linked.TryGetValue((metadata.LinkDevice, metadata.Inode), out (TargetDirectory Directory, EntryName Name) first))
            {
                to.CreateHardLink(name, first.Directory, first.Name);
                continue;
            }

            try
            {
                Copy(from, to, name, metadata);
            }
            catch (RestoreException e)
            {
                Problems.Add(new RestoreProblem(e.Path, e.Reason));
            }

            if (metadata.LinkCount > 1)
            {
                _linked.Add((metadata.LinkDevice, metadata.Inode), (to, name));
            }
        }
    }

    private void Copy(ISourceDirectory from, TargetDirectory to, EntryName name, NodeMetadata metadata)
    {
        switch (metadata.Type)
        {
            case NodeType.Directory:
                TargetDirectory target = to.OpenOrCreateDirectory(name);
                _open.Push(target);
                using (ISourceDirectory source = from.OpenDirectory(name))
                {
                    CopyEntries(source, target);
                }

                Problems.AddRange(target.ApplyMetadata(metadata, from.ReadXattrs(name)));
                break;
            case NodeType.File:
                CopyFile(from, to, name, metadata);
                break;
            case NodeType.SymbolicLink:
                to.CreateSymbolicLink(name, from.ReadLink(name));
                Problems.AddRange(to.ApplyMetadata(name, metadata, from.ReadXattrs(name)));
                break;
            default:
                to.CreateSpecial(name, metadata);
                Problems.AddRange(to.ApplyMetadata(name, metadata, from.ReadXattrs(name)));
                break;
        }
    }

    private void CopyFile(ISourceDirectory from, TargetDirectory to, EntryName name, NodeMetadata metadata)
    {
        using ISourceFile source = from.OpenFile(name);
        using TargetFile target = to.CreateFile(name);
        target.SetLength(metadata.Size);
        for (long offset = 0; source.TryFindData(offset, out long start, out long end); offset = end)
        {
            for (long position = start; position < end;)
            {
                int count = source.Read(position, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - position)));
                target.Write(position, _buffer.AsSpan(0, count));
                position += count;
            }
        }

        Problems.AddRange(target.ApplyMetadata(metadata, source.ReadXattrs()));
        target.Close();
    }
}
