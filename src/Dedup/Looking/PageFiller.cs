using Dedup.Content;
using Dedup.Format;
using Dedup.Trees;

namespace Dedup.Looking;

/// <summary>Reads pages that the log does not hold, shows them to a visitor and appends them. One thread at a time.</summary>
/// <param name="log">The log; it has been read to its end.</param>
/// <param name="known">What it holds.</param>
/// <param name="visitor">Has seen all that the log holds.</param>
internal sealed class PageFiller(PageLog log, KnownPages known, IPageVisitor visitor)
{
    /// <summary>The length of a batch, which is sealed and opened at once: short enough that its bytes are no large objects to the garbage collector.</summary>
    private const int BatchLength = 1 << 16;

    private readonly TextPool _names = new();
    private readonly PageRecordWriter _writer = new();
    private bool _isKept = log.HasRoom;

    /// <summary>How many pages were read.</summary>
    public int PagesRead { get; private set; }

    /// <summary>Adds a tree with all that lies below it.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="blobs">Where pages are read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BlobMissingException">A page is in no pack.</exception>
    /// <exception cref="CorruptDataException">A page is damaged.</exception>
    /// <exception cref="Dedup.Storage.StoreException">The store failed.</exception>
    public void Add(BlobId tree, BlobReader blobs, CancellationToken cancellationToken)
    {
        if (known.TryFindPage(tree, out _))
        {
            return;
        }

        // Once there is no room nothing more is kept: a later record would refer to what is not there. A tree is kept whole or not at all, since
        // one without its root would count as what no snapshot needs.
        if (_isKept && !log.HasRoom)
        {
            Flush();
            _isKept = false;
        }

        // A stack rather than recursion: directories may nest deeper than a thread's stack is long.
        Stack<OpenPage> open = new();
        open.Push(Read(tree, blobs, cancellationToken));
        while (open.TryPeek(out OpenPage? page))
        {
            if (page.NextUnknown(known) is { } below)
            {
                if (open.Count > Limits.MaxDepth)
                {
                    throw new CorruptDataException($"blob {below}", -1, $"directories nest deeper than {Limits.MaxDepth}");
                }

                open.Push(Read(below, blobs, cancellationToken));
            }
            else
            {
                open.Pop();
                Emit(page);
            }
        }
    }

    /// <summary>Appends what was read and is not appended yet.</summary>
    /// <exception cref="Catalogue.CatalogueException">The file cannot be written.</exception>
    public void Flush()
    {
        if (_isKept && _writer.Written.Length > 0)
        {
            log.Append(_writer.Written);
        }

        _writer.Clear();
    }

    private OpenPage Read(BlobId id, BlobReader blobs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        byte[] plain = blobs.Read(id, BlobKind.Tree, cancellationToken);
        ByteReader reader = new(plain, $"blob {id}");
        int level = PageFormat.ReadHeader(ref reader, out int count);
        PagesRead++;
        if (level > 0)
        {
            return new OpenPage(id, level, plain, [], [.. PageFormat.ReadTreeBranches(ref reader, count).Select(branch => branch.Page)]);
        }

        Range[] nodes = new Range[count];
        BlobId[] trees = new BlobId[count];
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            Node node = NodeFormat.Read(ref reader, _names);
            nodes[i] = start..reader.Position;
            trees[i] = node.Tree;
        }

        reader.End();
        return new OpenPage(id, level, plain, nodes, trees);
    }

    private void Emit(OpenPage page)
    {
        List<NumberRun> content = [];
        for (int i = 0; i < page.Below.Length; i++)
        {
            int below = -1;
            if (!page.Below[i].IsZero)
            {
                _ = known.TryFindPage(page.Below[i], out below);
            }

            Append(content, page.Level > 0 ? below : Emit(below, page.Plain.AsSpan(page.Nodes[i])));
        }

        NumberRun[] runs = [.. content];
        int number = known.Pages;
        _writer.AddPage(page.Id, page.Level, runs);
        known.Page(number, page.Id, page.Level, runs);
        visitor.Page(number, page.Id, page.Level, runs);
        if (_writer.Written.Length >= BatchLength)
        {
            Flush();
        }
    }

    private int Emit(int tree, ReadOnlySpan<byte> node)
    {
        UInt128 hash = KnownPages.HashOf(node);
        if (!known.TryFindEntry(hash, out int number))
        {
            number = known.Entries;
            _writer.AddEntry(tree, node);
            known.Add(number, hash);
            visitor.Entry(number, tree, node);
        }

        return number;
    }

    private static void Append(List<NumberRun> content, int number)
    {
        if (content.Count > 0 && content[^1] is { } last && last.Start + last.Count == number)
        {
            content[^1] = last with { Count = last.Count + 1 };
        }
        else
        {
            content.Add(new NumberRun(number, 1));
        }
    }

    /// <summary>A page whose pages below are being read.</summary>
    /// <remarks>Below are pages, or the trees of nodes, zero for what is no directory; Nodes, empty above level 0, are where they lie in Plain.</remarks>
    private sealed record OpenPage(BlobId Id, int Level, byte[] Plain, Range[] Nodes, BlobId[] Below)
    {
        private int _next;

        public BlobId? NextUnknown(KnownPages known)
        {
            for (; _next < Below.Length; _next++)
            {
                if (!Below[_next].IsZero && !known.TryFindPage(Below[_next], out _))
                {
                    return Below[_next];
                }
            }

            return null;
        }
    }
}
