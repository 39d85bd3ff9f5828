using Dedup.Native;
using Dedup.Trees;

namespace Dedup.Restore;

/// <summary>
/// Removes from the target what is not in the snapshot, or in a dry run only says so. Never follows a link, and never goes to another file
/// system than the target's: what is mounted there is not part of it.
/// </summary>
internal sealed class StrayRemover(RestoreContext context, ulong device)
{
    /// <summary>Prepares for a restore that deletes.</summary>
    /// <returns><see langword="null"/> when nothing is to be deleted.</returns>
    /// <exception cref="RestoreException">The target is a whole file system, and the restore was not limited to a part of the snapshot.</exception>
    public static StrayRemover? For(RestoreContext context, TargetDirectory root)
    {
        if (!context.Options.Delete)
        {
            return null;
        }

        return context.Options.Path is null && context.Options.Includes.Count == 0 && root.IsMountPoint
            ? throw new RestoreException(
                context.TargetPath, "nothing is deleted in the root of a whole file system: name a part of the snapshot, as in SNAP:/home/ann, and its folder, or what to include")
            : new StrayRemover(context, root.Device);
    }

    /// <summary>Removes all entries of a directory but some.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="selection">What the user's patterns know in it: what they do not select stays.</param>
    /// <param name="known">What stays.</param>
    public void RemoveOthers(TargetDirectory directory, in RestoreSelectionState selection, IReadOnlySet<EntryName> known)
    {
        try
        {
            if (directory.Device != device)
            {
                context.AddProblem(new RestoreProblem(directory.FullPath, "is another file system than the target's: nothing is deleted in it"));
                return;
            }

            foreach (EntryName name in directory.ReadNames().Where(name => !known.Contains(name)))
            {
                Remove(directory, selection, name);
            }
        }
        catch (RestoreException exception)
        {
            context.AddProblem(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
        }
    }

    /// <summary>Removes an entry and all that lies below it.</summary>
    public void Remove(TargetDirectory parent, in RestoreSelectionState selection, EntryName name)
    {
        // A stack of its own, because directories may nest deeper than the thread's allows.
        Stack<Emptied> open = new();
        bool isKept = Begin(parent, selection, name, open);
        while (open.TryPeek(out Emptied? top))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (top.Names.TryDequeue(out EntryName next))
            {
                top.IsKept |= Begin(top.Directory, top.Selection, next, open);
                continue;
            }

            open.Pop();
            top.Directory.Dispose();
            isKept = top.IsKept || Try(() => RemoveOne(top.Parent, top.Name, isDirectory: true));
            if (open.TryPeek(out Emptied? above))
            {
                above.IsKept |= isKept;
            }
        }
    }

    /// <returns>Whether the entry stays, so that the directory it lies in cannot go.</returns>
    private bool Begin(TargetDirectory parent, RestoreSelectionState selection, EntryName name, Stack<Emptied> open) => Try(() =>
    {
        if (!parent.TryLook(name, out PosixStatus status))
        {
            return false;
        }

        (bool isSelected, bool mayBeBelow) = context.Selection.Ask(selection, name);
        if (!isSelected && !(mayBeBelow && status.Type == PosixStatus.TypeDirectory))
        {
            return true;
        }

        if (status.Type != PosixStatus.TypeDirectory)
        {
            return RemoveOne(parent, name, isDirectory: false);
        }

        if (status.Device != device)
        {
            context.AddProblem(new RestoreProblem(parent.PathOf(name), "another file system is mounted there: it is not deleted"));
            return true;
        }

        TargetDirectory directory = context.Options.IsDryRun ? parent.OpenDirectory(name) : parent.OpenToEmpty(name);
        RestoreSelectionState inside = context.Selection.Enter(selection, name);
        open.Push(new Emptied(parent, name, directory, inside, new Queue<EntryName>(directory.ReadNames())) { IsKept = !isSelected });
        return false;
    });

    private bool RemoveOne(TargetDirectory parent, EntryName name, bool isDirectory)
    {
        if (!context.Options.IsDryRun && isDirectory)
        {
            parent.RemoveDirectory(name);
        }
        else if (!context.Options.IsDryRun)
        {
            parent.Remove(name);
        }

        context.AddDone(new RestoreAction(RestoreActionKind.Deleted, parent.PathOf(name), 0));
        return false;
    }

    private bool Try(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (RestoreException exception)
        {
            context.AddProblem(new RestoreProblem(exception.Path, exception.Reason, ProblemSeverity.Error));
            return true;
        }
    }

    private sealed class Emptied(TargetDirectory parent, EntryName name, TargetDirectory directory, RestoreSelectionState selection, Queue<EntryName> names)
    {
        public TargetDirectory Parent => parent;

        public EntryName Name => name;

        public TargetDirectory Directory => directory;

        public RestoreSelectionState Selection => selection;

        public Queue<EntryName> Names => names;

        public bool IsKept { get; set; }
    }
}
