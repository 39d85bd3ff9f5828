using System.Text;
using Dedup.Exporting;
using Dedup.FormatReader;
using Dedup.Storage;
using Dedup.TestSupport;
using Xunit;

namespace Dedup.Tests.Format;

/// <summary>The engine reads a repository that was written from format-spec.md alone, and both readers refuse pages that do not fit together.</summary>
public sealed class HandmadeRepositoryTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly HandmadeRepository _repository = new();

    public static TheoryData<string> Wrong() =>
        ["level skipped", "level repeated", "names across pages", "list too short", "list too long", "list level", "list page in tree", "tree page in list", "page missing"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Both_readers_restore_a_handmade_repository()
    {
        byte[] first = _repository.TreePage(0, File("a", 30, List(0)), Pipe("b")), second = _repository.TreePage(0, Pipe("c"));
        Dictionary<string, byte[]> objects = _repository.Build(_repository.TreeRoot((first, "a"), (second, "c")));
        string expected = $"a={Convert.ToHexStringLower([.. "0123456789"u8, .. new byte[10], .. "abcdefghij"u8])} b= c=";
        Assert.Equal(expected, await ReadWithEngineAsync(objects));
        Assert.Equal(expected, ReadIndependently(objects));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Both_readers_refuse_pages_that_do_not_fit_together(string what)
    {
        byte[] a = _repository.TreePage(0, Pipe("a")), b = _repository.TreePage(0, Pipe("b"));
        byte[] root = what switch
        {
            "level skipped" => _repository.TreePage(2, Branch(a, "a"), Branch(b, "b")),
            "level repeated" => _repository.TreeRoot((_repository.TreeRoot((a, "a")), "a"), (b, "b")),
            "names across pages" => _repository.TreeRoot((_repository.TreePage(0, Pipe("a"), Pipe("b")), "a"), (b, "b")),
            "list too short" => _repository.TreePage(0, File("a", 31, List(0))),
            "list too long" => _repository.TreePage(0, File("a", 29, List(0))),
            "list level" => _repository.TreePage(0, File("a", 30, List(1))),
            "list page in tree" => _repository.TreeRoot((a, "a"), (List(0), "b")),
            "tree page in list" => _repository.TreePage(0, File("a", 30, a)),
            _ => _repository.TreeRoot((a, "a"), (VectorKeys.Id(5), "b")),
        };
        Dictionary<string, byte[]> objects = _repository.Build(root);
        var refusal = await Assert.ThrowsAnyAsync<DedupException>(() => ReadWithEngineAsync(objects));
        Exception? reason = refusal is ExportException ? refusal.InnerException : refusal;
        Assert.True(reason is CorruptDataException or BlobMissingException, refusal.ToString());
        Assert.Throws<RejectedException>(() => ReadIndependently(objects));
    }

    private byte[] List(int error)
    {
        byte[] first = _repository.ListPage(0, Extent("0123456789"), new FieldWriter().Zeros(32).U64(10).ToArray());
        byte[] second = _repository.ListPage(0, Extent("abcdefghij"));
        return _repository.ListPage(1 + error, new FieldWriter().Bytes(first).U64(20).ToArray(), new FieldWriter().Bytes(second).U64(10).ToArray());
    }

    private byte[] Extent(string text) => new FieldWriter().Bytes(_repository.Chunk(Encoding.ASCII.GetBytes(text))).U64((ulong)text.Length).ToArray();

    private static byte[] Pipe(string name) => new NodeParts(Encoding.ASCII.GetBytes(name), 6).Build();

    private static byte[] File(string name, ulong size, byte[] list) =>
        new NodeParts(Encoding.ASCII.GetBytes(name), 1) { Tail = new FieldWriter().U64(size).U8(1).Bytes(list).ToArray() }.Build();

    private static byte[] Branch(byte[] page, string first) => new FieldWriter().Bytes(page).U64(1).Text(first).ToArray();

    private static string ReadIndependently(Dictionary<string, byte[]> objects)
    {
        var reader = RepositoryReader.Open(objects, KeySlotParts.Password);
        return Join(reader.Restore(Assert.Single(reader.Snapshots([])).Value, BlobSource.Segments).Values.Select(entry => (entry.Path, entry.Content)));
    }

    private async Task<string> ReadWithEngineAsync(Dictionary<string, byte[]> objects)
    {
        await using var store = new MemoryStore();
        foreach ((string name, byte[] content) in objects)
        {
            await store.PutIfAbsentAsync(ObjectName.Parse(name), content, default);
        }

        var options = new RepositoryOptions { CacheDirectory = _scratch["cache"] };
        await using Repository repository = await Repository.OpenAsync(store, Credentials.FromPassword(KeySlotParts.Password), options, default);
        var id = new SnapshotId(VectorKeys.SessionId);
        List<(string Path, byte[] Content)> found = [];
        await foreach (var entry in repository.ListEntriesAsync(id, null, true, default))
        {
            using var content = new MemoryStream();
            if (entry.Node.Metadata.Type == Dedup.Trees.NodeType.File)
            {
                await repository.DumpAsync(id, entry.Path, content, default);
            }

            found.Add((entry.Path.TrimStart('/'), content.ToArray()));
        }

        return Join(found);
    }

    private static string Join(IEnumerable<(string Path, byte[] Content)> entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Path}={Convert.ToHexStringLower(entry.Content)}"));
}
