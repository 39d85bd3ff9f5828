using Dedup.Content;
using Dedup.Crypto;
using Dedup.Sources;
using Dedup.Trees;

namespace Dedup.Verifying;

/// <summary>
/// Compares a folder with a snapshot: entry by entry, and every byte of content by the hashes that the snapshot's trees hold. It shares nothing with the code
/// that restores: the folder is read as a backup reads it, and no content of the repository is.
/// </summary>
internal sealed class FolderVerifier(BlobReader blobs, RepositoryKeys keys, VerificationOptions options, CancellationToken cancellationToken)
{
    private readonly TreeReader _trees = new(blobs);
    private readonly List<VerificationFinding> _findings = [];
    private readonly Stack<EntryName> _path = new();
    private readonly MetadataComparison _metadata = new();
    private long _entries, _files, _bytes, _leftOut;

    /// <summary>Compares.</summary>
    /// <param name="root">The snapshot's root.</param>
    /// <param name="folder">The folder; absolute, free of symbolic links.</param>
    /// <exception cref="SourceException">The folder cannot be opened.</exception>
    public FolderVerification Run(BlobId root, string folder)
    {
        Stack<ISourceDirectory> open = new();
        try
        {
            open.Push(new FileSystemSource([folder]).OpenRoot());
            foreach (EntryName name in TreePath.Parse(folder))
            {
                open.Push(open.Peek().OpenDirectory(name));
            }

            using ContentVerifier content = new(keys);
            CompareAll(open.Peek(), root, content);
        }
        finally
        {
            while (open.TryPop(out ISourceDirectory? directory))
            {
                directory.Dispose();
            }
        }

        return new FolderVerification(_entries, _files, _bytes, _findings, _leftOut);
    }

    // A loop, because directories may nest deeper than the stack allows.
    private void CompareAll(ISourceDirectory folder, BlobId root, ContentVerifier content)
    {
        Stack<VerifiedDirectory> open = new();
        open.Push(new VerifiedDirectory(folder, _trees.ReadNodes(root, cancellationToken), options.Chosen?.Root));
        try
        {
            while (open.TryPeek(out VerifiedDirectory? top))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!TryMoveNext(top))
                {
                    Leave(open.Pop());
                    continue;
                }

                Node node = top.Nodes.Current;
                if (options.Chosen is null || top.Chosen?.Find(node.Name) is not null)
                {
                    _path.Push(node.Name);
                    if (Compare(top, node, content) is { } child)
                    {
                        open.Push(child);
                    }
                    else
                    {
                        _path.Pop();
                    }
                }
            }
        }
        finally
        {
            while (open.TryPop(out VerifiedDirectory? directory))
            {
                directory.Dispose();
            }
        }
    }

    private bool TryMoveNext(VerifiedDirectory directory)
    {
        try
        {
            return directory.Nodes.MoveNext();
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            Add($"the directory cannot be read from the repository: {exception.Message}");
            directory.Others.Clear();
            return false;
        }
    }

    private void Leave(VerifiedDirectory directory)
    {
        foreach (EntryName other in directory.Others.Order())
        {
            _path.Push(other);
            Add("is in the folder and not in the snapshot");
            _path.Pop();
        }

        directory.Dispose();
        _path.TryPop(out _);
    }

    private VerifiedDirectory? Compare(VerifiedDirectory parent, Node node, ContentVerifier content)
    {
        if (!parent.Others.Remove(node.Name))
        {
            Add("is in the snapshot and missing in the folder");
            return null;
        }

        try
        {
            return CompareEntry(parent.Directory, node, content)
                ? new VerifiedDirectory(parent.Directory.OpenDirectory(node.Name), _trees.ReadNodes(node.Tree, cancellationToken), parent.Chosen?.Find(node.Name))
                : null;
        }
        catch (SourceException exception)
        {
            Add(exception.Reason);
            return null;
        }
    }

    /// <returns>Whether it is a directory, whose entries follow.</returns>
    private bool CompareEntry(ISourceDirectory directory, Node node, ContentVerifier content)
    {
        _entries++;
        _files += node.Metadata.Type == NodeType.Directory ? 0 : 1;
        NodeMetadata found = directory.Stat(node.Name);
        if (found.Type != node.Metadata.Type)
        {
            Add($"is a {found.Type} where a {node.Metadata.Type} is due");
            return false;
        }

        foreach (string difference in _metadata.Compare(node, found))
        {
            Add(difference);
        }

        if (node.Metadata.Type == NodeType.File)
        {
            CompareFile(directory, node, content);
            return false;
        }

        if (node.Metadata.Type == NodeType.SymbolicLink && !directory.ReadLink(node.Name).AsSpan().SequenceEqual(node.LinkTarget.Span))
        {
            Add("is a symbolic link to another place than in the snapshot");
        }

        CompareXattrs(node, directory.ReadXattrs(node.Name));
        return node.Metadata.Type == NodeType.Directory;
    }

    private void CompareFile(ISourceDirectory directory, Node node, ContentVerifier content)
    {
        using ISourceFile file = directory.OpenFile(node.Name);
        CompareXattrs(node, file.ReadXattrs());
        try
        {
            string? fault = content.FindFault(file, _trees.ReadExtents(node, cancellationToken), cancellationToken);
            _bytes = Amount.Add(_bytes, node.Metadata.Size);
            if (fault is not null)
            {
                Add(fault);
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            Add($"its list of chunks cannot be read from the repository: {exception.Message}");
        }
    }

    // What a file system or an ordinary user cannot keep is no loss of data.
    private void CompareXattrs(Node node, IReadOnlyList<ExtendedAttribute> found)
    {
        foreach (NodeXattr xattr in node.Xattrs)
        {
            byte[] value = xattr.Value ?? blobs.Read(xattr.Blob, BlobKind.Data, cancellationToken);
            if (!found.Any(other => other.Name.AsSpan().SequenceEqual(xattr.Name) && other.Value.AsSpan().SequenceEqual(value)))
            {
                Add($"the extended attribute '{EntryName.Display(xattr.Name)}' is missing or differs", ProblemSeverity.Warning);
            }
        }
    }

    private void Add(string reason, ProblemSeverity severity = ProblemSeverity.Error)
    {
        if (_findings.Count < options.MaxFindings)
        {
            _findings.Add(new VerificationFinding("/" + string.Join('/', _path.Reverse()), reason, severity));
        }
        else
        {
            _leftOut++;
        }
    }
}
