using System.Text;
using Dedup.Backup;
using Dedup.Filtering;
using Dedup.Sources;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Backup;

/// <summary>The parent snapshot saves work and never decides what is in a snapshot.</summary>
public sealed class ChangedExcludesTests : IDisposable
{
    private static readonly string[] Names = ["a", "b", "c.o", "d"];
    private static readonly string[] Patterns = ["a", "*.o", "!*.o", "/*", "a/**/b", "!a/b", "d/*", "!d/a", "**/d", "[ab]", "/a/b"];

    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task With_other_excludes_than_the_parents_a_backup_holds_what_a_first_one_with_them_holds(int seed)
    {
        Random random = new(seed);
        string tree = _scratch.Make("tree");
        Fill(tree, 3, random);
        await using MemoryStore store = new();
        TestRepository trial = await TestRepository.MakeAsync(store, _scratch["caches"]);
        await using Repository repository = await trial.OpenAsync(store);
        int leftOut = 0;
        for (int round = 0; round < 8; round++)
        {
            string[] texts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Patterns[random.Next(Patterns.Length)]).Select(text => text.StartsWith('/') ? tree + text : text)];
            string what = $"seed {seed}, round {round}: {string.Join(' ', texts)}";
            PathPatterns patterns = new(texts.Select(text => PathPattern.Parse(text)));
            FileSystemSource source = new([tree], new FileSystemSourceOptions { Excludes = patterns });
            BackupResult result = await repository.BackupAsync(source, new BackupOptions(), null, CancellationToken.None);
            BackupResult first = await repository.BackupAsync(source, new BackupOptions { ReadAll = true }, null, CancellationToken.None);
            List<string> expected = Expect(tree, patterns);
            Assert.True(expected.SequenceEqual(await ListAsync(repository, tree, result.Snapshot.Id)), what);
            Assert.True(expected.SequenceEqual(await ListAsync(repository, tree, first.Snapshot.Id)), what + ", read anew");
            leftOut += Directory.GetFileSystemEntries(tree, "*", SearchOption.AllDirectories).Length - expected.Count;

            (_, SortedDictionary<string, byte[]> restored) = await trial.RestoreAsync(repository, result.Snapshot.Id);
            Assert.All(expected.Where(File.Exists), path => Assert.Equal(File.ReadAllBytes(path), restored[path.TrimStart('/')]));
            Touch(tree, random);
        }

        Assert.InRange(leftOut, 10, int.MaxValue);
    }

    // What lies below an entry that is left out is not looked for: nothing can take it back.
    private static List<string> Expect(string directory, PathPatterns patterns)
    {
        List<string> found = [];
        foreach (string path in Directory.GetFileSystemEntries(directory).Where(path => !patterns.Match(Encoding.UTF8.GetBytes(path)).IsMatch))
        {
            found.Add(path);
            found.AddRange(Directory.Exists(path) ? Expect(path, patterns) : []);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static async Task<List<string>> ListAsync(Repository repository, string tree, SnapshotId snapshot)
    {
        List<string> paths = await repository.ListEntriesAsync(snapshot, null, isRecursive: true, CancellationToken.None)
            .Select(entry => entry.Path).Where(path => path.StartsWith(tree + "/", StringComparison.Ordinal)).ToListAsync();
        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    private static void Fill(string directory, int depth, Random random)
    {
        foreach (string name in Names.Where(_ => random.Next(4) > 0))
        {
            string path = Path.Combine(directory, name);
            if (depth > 0 && random.Next(2) == 0)
            {
                Directory.CreateDirectory(path);
                Fill(path, depth - 1, random);
            }
            else
            {
                File.WriteAllText(path, $"{random.Next(10)}");
            }
        }
    }

    private static void Touch(string tree, Random random)
    {
        string[] files = Directory.GetFiles(tree, "*", SearchOption.AllDirectories);
        File.WriteAllText(files[random.Next(files.Length)], $"{random.Next(1000)}");
    }
}
