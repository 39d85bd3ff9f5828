using Dedup.Content;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Whether an entry may be one that is looked for, by itself; its path is not known yet.</summary>
/// <param name="node">The node as the format has it.</param>
internal delegate bool EntryTest(ReadOnlySpan<byte> node);

/// <summary>
/// Finds entries in trees of which thousands share most pages: every entry and every page is looked at once. Remembers what may be looked for and
/// the pages on the way to it, a bit for all else.
/// </summary>
internal sealed class EntrySearch(EntryTest test) : IPageVisitor
{
    private readonly NumberSet _entriesOnTheWay = new(), _pagesOnTheWay = new();
    private readonly Dictionary<int, Candidate> _candidates = [];
    private readonly Dictionary<int, (bool IsInner, int[] Content)> _pages = [];
    private readonly List<int> _found = [];
    private readonly TextPool _names = new();

    public void Entry(int number, int tree, ReadOnlySpan<byte> node)
    {
        bool isMatch = test(node);
        if (isMatch || (tree >= 0 && _pagesOnTheWay.Contains(tree)))
        {
            _entriesOnTheWay.Add(number);
            ByteReader reader = new(node, PageLog.FileName);
            _candidates.Add(number, new Candidate(NodeFormat.Read(ref reader, _names), tree, isMatch));
        }
    }

    public void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content)
    {
        _found.Clear();
        NumberSet onTheWay = level == 0 ? _entriesOnTheWay : _pagesOnTheWay;
        foreach (NumberRun run in content)
        {
            onTheWay.Intersect(run, _found);
        }

        if (_found.Count > 0)
        {
            _pagesOnTheWay.Add(number);
            _pages.Add(number, (level > 0, [.. _found]));
        }
    }

    /// <summary>The entries of a tree that passed the test, a directory before what it holds.</summary>
    /// <param name="root">The number of the tree's page.</param>
    public IEnumerable<TreeEntry> Enumerate(int root)
    {
        Stack<(EntryPath? Directory, IEnumerator<Candidate> Entries)> open = new();
        open.Push((null, EntriesOf(root).GetEnumerator()));
        while (open.TryPeek(out (EntryPath? Directory, IEnumerator<Candidate> Entries) next))
        {
            if (!next.Entries.MoveNext())
            {
                open.Pop();
                continue;
            }

            Candidate candidate = next.Entries.Current;
            if (candidate.IsMatch)
            {
                yield return new TreeEntry((IReadOnlyList<EntryName>?)next.Directory ?? [], candidate.Node);
            }

            if (candidate.Tree >= 0 && _pages.ContainsKey(candidate.Tree))
            {
                open.Push((new EntryPath(next.Directory, candidate.Node.Name), EntriesOf(candidate.Tree).GetEnumerator()));
            }
        }
    }

    /// <summary>The entry at a path, where that passed the test.</summary>
    /// <param name="root">The number of the tree's page.</param>
    /// <param name="path">The names from the root; at least one.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    public Node? Find(int root, ReadOnlySpan<EntryName> path)
    {
        Candidate? found = null;
        foreach (EntryName name in path)
        {
            int page = found?.Tree ?? root;
            found = page < 0 ? null : EntriesOf(page).FirstOrDefault(candidate => candidate.Node.Name == name);
            if (found is null)
            {
                return null;
            }
        }

        return found is { IsMatch: true } ? found.Node : null;
    }

    private IEnumerable<Candidate> EntriesOf(int page)
    {
        if (!_pages.TryGetValue(page, out (bool IsInner, int[] Content) content))
        {
            return [];
        }

        return content.IsInner ? content.Content.SelectMany(EntriesOf) : content.Content.Select(number => _candidates[number]);
    }

    private sealed record Candidate(Node Node, int Tree, bool IsMatch);
}
