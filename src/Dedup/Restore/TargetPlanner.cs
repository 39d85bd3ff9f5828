using Dedup.Content;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Looks at what is in the target already and decides what becomes of it.</summary>
internal sealed class TargetPlanner(RestoreContext context, TreeReader trees, ContentComparer comparer, StrayRemover? strays)
{
    /// <summary>Decides about an entry that is not a directory in the snapshot.</summary>
    /// <param name="directory">Where it goes.</param>
    /// <param name="target">The same, open.</param>
    /// <param name="node">What it was.</param>
    /// <param name="there">What is there, when something is.</param>
    /// <exception cref="RestoreException">The target cannot be looked at.</exception>
    public TargetPlan Plan(RestoreDirectory directory, TargetDirectory target, Node node, out PosixStatus there)
    {
        there = default;
        if (target.IsNew || !target.TryLook(node.Name, out there))
        {
            return TargetPlan.Create;
        }

        OverwriteMode mode = context.Options.Overwrite;
        if (there.Type == PosixStatus.TypeDirectory)
        {
            if (!OverwriteRule.MayOverwrite(mode, node, there))
            {
                return TargetPlan.Leave;
            }

            // An empty directory gives way by itself; one that is not only where things may be deleted, and otherwise making the entry will tell.
            if (directory.Scope.IsWhole)
            {
                strays?.Remove(target, directory.Selection, node.Name);
            }

            return TargetPlan.Create;
        }

        return OverwriteRule.Decide(mode, node, there, context.Ownership) switch
        {
            TargetPlan.Keep when node.Metadata.Type == NodeType.SymbolicLink && !target.IsLinkTo(node.Name, node.LinkTarget.Span) => TargetPlan.Replace,
            TargetPlan.Replace when there.LinkCount > 1 && IsSameShared(directory, target, node, there) => TargetPlan.Keep,
            TargetPlan plan => plan,
        };
    }

    private bool IsSameShared(RestoreDirectory directory, TargetDirectory target, Node node, in PosixStatus there)
    {
        if (!OverwriteRule.IsSameShared(node.Metadata, there, context.Ownership) || !target.HasXattrs(node.Name, context.ReadXattrs(node)))
        {
            return false;
        }

        return node.Metadata.Type switch
        {
            NodeType.File => context.Options.IsDryRun || context.Options.Overwrite == OverwriteMode.IfChanged || HasContent(directory, node),
            NodeType.SymbolicLink => target.IsLinkTo(node.Name, node.LinkTarget.Span),
            _ => (there.NodeMajor, there.NodeMinor) == (node.Metadata.DeviceMajor, node.Metadata.DeviceMinor),
        };
    }

    private bool HasContent(RestoreDirectory directory, Node node)
    {
        VerifiedFile file = new(directory, node);
        List<WantedPiece<VerifiedFile>> pieces = [];
        try
        {
            long offset = 0;
            foreach (Extent extent in trees.ReadExtents(node, context.CancellationToken))
            {
                pieces.Add(new WantedPiece<VerifiedFile>(file, offset, extent));
                offset += extent.Length;
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or BlobMissingException)
        {
            return false;
        }

        comparer.FindDifferent(pieces);
        return file.FindFault() is null;
    }
}
