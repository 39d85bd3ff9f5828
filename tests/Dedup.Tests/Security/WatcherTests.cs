using Dedup.Backup;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace Dedup.Tests.Security;

/// <summary>
/// Who watches the store sees the names, number and lengths of objects. Of two contents that they know, of as many files and of alike length, they cannot tell which one was backed up.
/// </summary>
public sealed class WatcherTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261126, Length = 300_000;

    /// <summary>Backups by which the watcher learns, and as many by which they are judged.</summary>
    private const int Backups = 80;

    /// <summary>Five standard deviations of guessing, (1/2) / sqrt(2 Backups): beyond that it is no chance.</summary>
    private static readonly double Bound = 0.5 + (5 * 0.5 / Math.Sqrt(2 * Backups));

    private readonly ScratchDirectory _folder = ScratchDirectory.InMemory(1 << 28);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("random content of the same length", 1.0, false)]
    [InlineData("a length a thousandth greater", 1.001, false)]
    [InlineData("one file instead of ten, of the same length together", 1.0, true)]
    [InlineData("twice the length", 2.0, true)]
    public async Task Known_contents_of_alike_length_are_not_told_apart(string other, double factor, bool isToldApart)
    {
        Random random = new(Seed);
        MemorySource first = Source(random, Length, files: 10);
        MemorySource second = Source(random, (int)(Length * factor), files: other.StartsWith("one file", StringComparison.Ordinal) ? 1 : 10);
        List<(double[] Seen, bool IsSecond)> learnt = [], judged = [];
        for (int i = 0; i < Backups; i++)
        {
            foreach (List<(double[] Seen, bool IsSecond)> list in (List<(double[], bool)>[])[learnt, judged])
            {
                list.Add((await WatchAsync(first), false));
                list.Add((await WatchAsync(second), true));
            }
        }

        (int feature, double threshold, bool isAbove) = Learn(learnt);
        double right = judged.Average(sample => Guess(sample.Seen) == sample.IsSecond ? 1.0 : 0.0);
        output.WriteLine($"{other}: {right:P1} of the guesses are right, by feature {feature}; chance gives at most {Bound:P1}");
        Assert.Equal(isToldApart, right > Bound);

        bool Guess(double[] seen) => seen[feature] > threshold == isAbove;
    }

    /// <summary>The threshold on one of the features that tells the most samples apart.</summary>
    private static (int Feature, double Threshold, bool IsAbove) Learn(List<(double[] Seen, bool IsSecond)> samples) => (
        from feature in Enumerable.Range(0, samples[0].Seen.Length)
        from threshold in samples.Select(sample => sample.Seen[feature]).Distinct()
        from isAbove in (bool[])[false, true]
        orderby samples.Count(sample => (sample.Seen[feature] > threshold == isAbove) == sample.IsSecond) descending
        select (feature, threshold, isAbove)).First();

    private static MemorySource Source(Random random, int length, int files)
    {
        MemorySource source = new(new MemoryDirectory());
        for (int i = 0; i < files; i++)
        {
            byte[] content = new byte[length / files];
            random.NextBytes(content);
            source.Root.File($"file-{i}", content);
        }

        return source;
    }

    /// <summary>What is seen of a backup into a new repository: number, sum and extremes of the lengths in each folder.</summary>
    private async Task<double[]> WatchAsync(MemorySource source)
    {
        MemoryStore store = new();
        TestRepository repository = await TestRepository.MakeAsync(store, _folder.Path);
        string cache = repository.NewFolder();
        Assert.Empty((await repository.BackUpAsync(store, source, cache, new BackupOptions { Host = "host", User = "user" })).Problems);
        Directory.Delete(cache, recursive: true);
        StoreContent content = await StoreContent.ReadAsync(store);
        return
        [
            .. ((string[])["packs", "index", "snapshots", "sessions"]).SelectMany(folder =>
            {
                double[] lengths = [.. content.In(folder).Select(name => (double)content[name].Length)];
                return (double[])[lengths.Length, lengths.Sum(), lengths.Max(), lengths.Min()];
            }),
        ];
    }
}
