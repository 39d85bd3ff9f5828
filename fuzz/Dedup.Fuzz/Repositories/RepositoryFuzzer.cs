using Dedup.Storage;
using Dedup.TestSupport;

namespace Dedup.Fuzz;

/// <summary>
/// A whole repository whose objects are damaged, swapped, removed, renamed or forged: opened, listed, checked, restored, exported. Whatever the store did,
/// no wrong byte is restored. The input is the use, and a script of changes.
/// </summary>
internal sealed class RepositoryFuzzer() : WholeRepositoryFuzzer("repository")
{
    public override int MaxLength => 256;

    public override IEnumerable<byte[]> Seeds =>
    [
        .. Enumerable.Range(0, RepositoryUse.Count).Select(static use => (byte[])[(byte)use]),
        .. Enumerable.Range(0, GenuineRepository.Objects.Count).Select(static i => (byte[])[0, 0, (byte)i, 100, 0, 1]),
        .. Enumerable.Range(0, GenuineRepository.Objects.Count).Select(static i => (byte[])[7, 2, (byte)i]),
        .. Enumerable.Range(0, GenuineRepository.Objects.Count).Select(static i => (byte[])[10, 5, (byte)i, 4, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
    ];

    public override IReadOnlyList<byte[]> Words { get; } = [BitConverter.GetBytes(long.MaxValue), BitConverter.GetBytes(uint.MaxValue)];

    protected override async Task<Outcome> UseAsync(byte[] script)
    {
        MemoryStore store = Damage(script, out int use, out bool isForged);
        Repository opened;
        try
        {
            opened = await RepositoryBuilder.OpenAsync(store, Folder.Cache);
        }
        catch (DedupException exception)
        {
            return Outcome.Rejected(exception);
        }

        await using (opened)
        {
            Outcome outcome = await RepositoryUse.RunAsync(use, opened, FuzzKeys.Session, Folder.Target);
            if (!isForged)
            {
                RequireNothingWrong();
            }

            return outcome;
        }
    }

    private static MemoryStore Damage(byte[] script, out int use, out bool isForged)
    {
        InputReader reader = new(script);
        use = reader.Below(RepositoryUse.Count);
        SortedDictionary<string, byte[]> objects = new(GenuineRepository.Objects, StringComparer.Ordinal);
        ObjectDamage damage = new(objects);
        damage.Apply(ref reader);
        isForged = damage.IsForged;
        MemoryStore store = new();
        foreach ((string name, byte[] content) in objects)
        {
            store.TryAdd(ObjectName.Parse(name), content);
        }

        return store;
    }

    private void RequireNothingWrong()
    {
        foreach ((string path, byte[] content) in RestoredTree.Of(Folder.Target).Where(static pair => pair.Key != "below"))
        {
            PropertyException.Require(
                GenuineRepository.Files.TryGetValue(path, out byte[]? expected) && expected.AsSpan().SequenceEqual(content), $"'{path}' is restored wrong");
        }
    }
}
