using Dedup.Looking;

namespace Dedup.Fuzz;

/// <summary>Records of the log of pages that this machine has looked at. The input is a batch, as it is when its seal was opened: nothing in it refers to what does not come before.</summary>
internal sealed class PageRecordFuzzer() : Fuzzer("page-record")
{
    public override IEnumerable<byte[]> Seeds =>
    [
        [], [PageRecordWriter.Entry, 3, 0, 0, 0, 1, 2, 3],
        [PageRecordWriter.Entry, 1, 0, 0, 0, 1, PageRecordWriter.Page, 0, .. FuzzKeys.Counting(1, BlobId.Length), 1, 0, 0, 0, 2, 0, 0, 0, 0, 1, PageRecordWriter.DirectoryEntry, 0, 0, 0, 0, 1, 0, 0, 0, 9],
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [[PageRecordWriter.Entry], [PageRecordWriter.DirectoryEntry], [PageRecordWriter.Page, 0], [PageRecordWriter.Page, 1], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] batch = input.ToArray();
        Watch watch = new();
        try
        {
            using (Allocation.AtMost(AllocationFor(batch.Length)))
            {
                PageRecordReader reader = new();
                reader.Read(batch, watch);
                PropertyException.Require((reader.Entries, reader.Pages) == (watch.Entries, watch.Pages), "more or less is counted than was shown");
            }
        }
        catch (CorruptDataException exception)
        {
            return Outcome.Rejected(exception);
        }

        return Outcome.Accepted(watch.Entries, watch.Pages, watch.Runs);
    }

    private sealed class Watch : IPageVisitor
    {
        public int Entries { get; private set; }

        public int Pages { get; private set; }

        public int Runs { get; private set; }

        public void Entry(int number, int tree, ReadOnlySpan<byte> node)
        {
            PropertyException.Require(number == Entries && tree >= -1 && tree < Pages, "an entry refers to a page that does not come before it");
            Entries++;
        }

        public void Page(int number, BlobId id, int level, ReadOnlySpan<NumberRun> content)
        {
            PropertyException.Require(number == Pages, "a page is counted wrong");
            int limit = level == 0 ? Entries : Pages;
            foreach (NumberRun run in content)
            {
                PropertyException.Require(run.Start >= 0 && run.Count >= 0 && run.Start <= limit - run.Count, "a page refers to what does not come before it");
            }

            Pages++;
            Runs += content.Length;
        }
    }
}
