using Dedup.Format;

namespace Dedup.Content;

/// <summary>
/// Writes a long sequence of entries as pages that end at places which the entries themselves decide, and the pages' own sequence
/// likewise, up to one page that stands for all: a change rewrites the pages it lies in and those above, no others.
/// Equal sequences give equal pages. One thread at a time.
/// </summary>
/// <typeparam name="TBranch">What a page above says of a page below.</typeparam>
/// <param name="kind">The kind of the pages' blobs.</param>
/// <param name="store">Stores a page.</param>
internal abstract class PageWriter<TBranch>(BlobKind kind, Func<BlobKind, ReadOnlySpan<byte>, BlobId> store)
{
    private readonly List<Level> _levels = [];

    /// <summary>Appends an entry of level 0.</summary>
    /// <param name="write">Writes the entry.</param>
    /// <param name="branch">What a page that holds this entry alone would be said to hold.</param>
    protected void Append(Action<ByteWriter> write, TBranch branch) => Append(0, write, branch);

    /// <summary>Writes what is left and returns the page that stands for all.</summary>
    protected BlobId FinishPages()
    {
        if (_levels.Count == 0)
        {
            return WritePage(0, new Level());
        }

        for (int level = 0; ; level++)
        {
            BlobId page = WritePage(level, _levels[level]);
            if (level + 1 == _levels.Count)
            {
                return page;
            }

            AppendBranch(level + 1, _levels[level].Branch!, page);
        }
    }

    protected abstract void WriteBranch(ByteWriter writer, TBranch branch);

    /// <summary>A branch of the same entries, but for the page they lie in.</summary>
    protected abstract TBranch WithPage(TBranch branch, BlobId page);

    /// <summary>A branch of the entries of both.</summary>
    protected abstract TBranch Combine(TBranch left, TBranch right);

    /// <summary>Whether the page ends after an entry: about one in 512, decided by the entry alone.</summary>
    protected abstract bool IsLast(TBranch entry);

    private void Append(int number, Action<ByteWriter> write, TBranch branch)
    {
        if (number == _levels.Count)
        {
            _levels.Add(new Level());
        }

        Level level = _levels[number];
        if (level.IsComplete)
        {
            // Only now that another entry follows: a sequence that ends here needs no page above.
            BlobId page = WritePage(number, level);
            TBranch written = level.Branch!;
            level.Clear();
            AppendBranch(number + 1, written, page);
        }

        write(level.Writer);
        level.Branch = level.Count == 0 ? branch : Combine(level.Branch!, branch);
        level.Count++;
        level.IsComplete = level.Count >= PageFormat.MaxEntries
            || level.Writer.Length >= PageFormat.MaxLength
            || (level.Count >= PageFormat.MinEntries && IsLast(branch));
    }

    private void AppendBranch(int level, TBranch branch, BlobId page)
    {
        if (level > Limits.MaxPageLevel)
        {
            throw new InvalidOperationException($"More entries than {Limits.MaxPageLevel} levels of pages can hold.");
        }

        TBranch complete = WithPage(branch, page);
        Append(level, writer => WriteBranch(writer, complete), complete);
    }

    private BlobId WritePage(int number, Level level)
    {
        PageFormat.WriteHeader(level.Writer.Reserved(PageFormat.HeaderLength), number, level.Count);
        return store(kind, level.Writer.Written);
    }

    private sealed class Level
    {
        public Level() => Writer.Zeros(PageFormat.HeaderLength);

        public ByteWriter Writer { get; } = new();

        public int Count { get; set; }

        public bool IsComplete { get; set; }

        public TBranch? Branch { get; set; }

        public void Clear()
        {
            Writer.Clear();
            Writer.Zeros(PageFormat.HeaderLength);
            Count = 0;
            IsComplete = false;
            Branch = default;
        }
    }
}
