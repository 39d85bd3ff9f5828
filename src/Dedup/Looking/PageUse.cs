namespace Dedup.Looking;

/// <summary>Finds out how many of the pages that it is shown some trees need.</summary>
internal sealed class PageUse(IReadOnlySet<BlobId> roots) : IPageVisitor
{
    private readonly List<int> _trees = [];
    private readonly List<int[]> _below = [];
    private readonly Stack<int> _open = new();

    /// <summary>How many pages it was shown.</summary>
    public int Pages => _below.Count;

    public void Entry(int number, int tree, ReadOnlySpan<byte> node) => _trees.Add(tree);

    public void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content)
    {
        List<int> below = [];
        foreach (NumberRun run in content)
        {
            for (int i = run.Start; i < run.Start + run.Count; i++)
            {
                int page = level > 0 ? i : _trees[i];
                if (page >= 0)
                {
                    below.Add(page);
                }
            }
        }

        _below.Add([.. below]);
        if (roots.Contains(id))
        {
            _open.Push(number);
        }
    }

    /// <summary>How many of them the trees need. To be asked once.</summary>
    public int CountNeeded()
    {
        NumberSet needed = new();
        int count = 0;
        while (_open.TryPop(out int page))
        {
            if (needed.Contains(page))
            {
                continue;
            }

            needed.Add(page);
            count++;
            foreach (int below in _below[page])
            {
                _open.Push(below);
            }
        }

        return count;
    }
}
