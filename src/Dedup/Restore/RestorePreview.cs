using Dedup.Content;
using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>Says what a restore would do. Nothing is opened for writing, and no content is read: files are judged by length and time.</summary>
internal sealed class RestorePreview(RestoreContext context, TreeReader trees, TargetPlanner planner, StrayRemover? strays) : RestoreWalk<RestoreDirectory>(context, trees)
{
    /// <summary>Goes through some nodes and what lies below them.</summary>
    public void Walk(RestoreDirectory root, IEnumerable<Node> nodes) => WalkAll(root, nodes);

    protected override void Visit(RestoreDirectory directory, Node node)
    {
        (bool isSelected, bool mayBeBelow) = Context.Selection.Ask(directory.Selection, node.Name);
        if (!isSelected && !(mayBeBelow && node.Metadata.Type == NodeType.Directory))
        {
            return;
        }

        try
        {
            if (isSelected)
            {
                Context.NoteSelected(node);
            }

            if (node.Metadata.Type == NodeType.Directory)
            {
                EnterDirectory(directory, node, isSelected);
            }
            else
            {
                Tell(directory, node, PlanFor(directory, node, out PosixStatus there), there);
            }
        }
        catch (RestoreException exception)
        {
            Context.AddProblem(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
        }
    }

    protected override void Leave(RestoreDirectory directory, IReadOnlySet<EntryName>? names)
    {
        if (names is not null && directory is { IsOpen: true, Scope.IsWhole: true })
        {
            strays?.RemoveOthers(directory.Target, directory.Selection, names);
        }

        directory.Release();
    }

    protected override string PathOf(RestoreDirectory directory) => directory.Path;

    private TargetPlan PlanFor(RestoreDirectory directory, Node node, out PosixStatus there)
    {
        there = default;
        return directory.IsOpen ? planner.Plan(directory, directory.Target, node, out there) : TargetPlan.Create;
    }

    private void EnterDirectory(RestoreDirectory directory, Node node, bool isSelected)
    {
        bool isThere = false;
        if (directory.IsOpen && directory.Target.TryLook(node.Name, out PosixStatus there))
        {
            isThere = there.Type == PosixStatus.TypeDirectory;
            RestoreDirectory.RequireNothingToStay(Context, directory.Target, node);
        }

        RestoreDirectory child = isThere ? RestoreDirectory.OpenExisting(Context, directory, node) : RestoreDirectory.Absent(Context, directory, node);
        Enter(child, node);
        if (isSelected)
        {
            Context.AddDone(isThere ? RestoreActionKind.Unchanged : RestoreActionKind.Restored, directory, node);
        }
    }

    private void Tell(RestoreDirectory directory, Node node, TargetPlan plan, in PosixStatus there)
    {
        RestoreActionKind kind = plan switch
        {
            TargetPlan.Leave => RestoreActionKind.Left,
            TargetPlan.Keep => RestoreActionKind.Unchanged,
            TargetPlan.Update => OverwriteRule.LooksSame(node.Metadata, there) ? RestoreActionKind.Unchanged : RestoreActionKind.Updated,
            _ => RestoreActionKind.Restored,
        };
        if (kind is RestoreActionKind.Left or RestoreActionKind.Unchanged)
        {
            Context.AddSkippedBytes(node.Metadata.Size);
        }
        else
        {
            Context.AddBytes(node.Metadata.Size);
        }

        Context.AddDone(kind, directory, node);
    }
}
