namespace Dedup.Restore;

/// <summary>A directory of the target opened again, from the top down, by its names.</summary>
internal sealed class DirectoryChain : IDisposable
{
    private readonly bool _isRoot;

    private DirectoryChain(TargetDirectory target, bool isRoot)
    {
        Target = target;
        _isRoot = isRoot;
    }

    public TargetDirectory Target { get; }

    /// <exception cref="RestoreException">A directory on the way is not there any more.</exception>
    public static DirectoryChain Open(TargetDirectory root, RestoreDirectory directory)
    {
        Stack<RestoreDirectory> path = new();
        for (RestoreDirectory step = directory; step.Parent is not null; step = step.Parent)
        {
            path.Push(step);
        }

        TargetDirectory current = root;
        while (path.TryPop(out RestoreDirectory? step))
        {
            TargetDirectory next = current.OpenDirectory(step.Node!.Name);
            if (current != root)
            {
                current.Dispose();
            }

            current = next;
        }

        return new DirectoryChain(current, current == root);
    }

    public void Dispose()
    {
        if (!_isRoot)
        {
            Target.Dispose();
        }
    }
}
