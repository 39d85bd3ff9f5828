using System.Security.Cryptography;
using System.Text;
using Dedup.Storage;
using Xunit;

namespace Dedup.TestSupport;

/// <summary>All objects of a store, taken out of it, so that each may be changed as no store would allow.</summary>
public sealed class StoreContent
{
    private static readonly string[] Folders = ["", "keys", "packs", "index", "sessions", "snapshots", "gc", "forgotten", "swept", "evidence"];

    private readonly SortedDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    /// <summary>The names of all objects, sorted, but for the records of evidence: every deed leaves one, also one that changes nothing else.</summary>
    public IReadOnlyList<string> Names => [.. _objects.Keys.Where(static name => !IsEvidence(name))];

    /// <summary>The content of an object; to be replaced, not changed in place.</summary>
    public byte[] this[string name]
    {
        get => _objects[name];
        set => _objects[name] = value;
    }

    private static bool IsEvidence(string name) => name.StartsWith("evidence/", StringComparison.Ordinal);

    /// <summary>Takes an object away.</summary>
    public void Remove(string name) => _objects.Remove(name);

    /// <summary>Takes a copy of everything that a repository may have put into a store.</summary>
    public static async Task<StoreContent> ReadAsync(IObjectStore store)
    {
        StoreContent content = new();
        foreach (string folder in Folders)
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, CancellationToken.None))
            {
                byte[] bytes = new byte[info.Length];
                Assert.Equal(bytes.Length, await store.ReadAsync(info.Name, 0, bytes, CancellationToken.None));
                content[info.Name.Value] = bytes;
            }
        }

        return content;
    }

    /// <summary>The sum of the lengths of all objects of a store.</summary>
    public static async Task<long> MeasureAsync(IObjectStore store)
    {
        long sum = 0;
        foreach (string folder in Folders)
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, CancellationToken.None))
            {
                sum += info.Length;
            }
        }

        return sum;
    }

    /// <summary>The names in a folder.</summary>
    public IReadOnlyList<string> In(string folder) => [.. _objects.Keys.Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))];

    /// <summary>The same objects, with some replaced or, by null, left out.</summary>
    public StoreContent With(params (string Name, byte[]? Content)[] changes)
    {
        StoreContent changed = new();
        foreach ((string name, byte[] content) in _objects)
        {
            changed[name] = content;
        }

        foreach ((string name, byte[]? content) in changes)
        {
            _ = changed._objects.Remove(name);
            if (content is not null)
            {
                changed[name] = content;
            }
        }

        return changed;
    }

    /// <summary>The same objects without those of some folders.</summary>
    public StoreContent Without(params string[] folders) =>
        With([.. folders.SelectMany(In).Select(name => (name, (byte[]?)null))]);

    /// <summary>The same objects, one byte of one of them turned by a mask.</summary>
    public StoreContent WithFlip(string name, int offset, byte mask = 0xff)
    {
        byte[] content = [.. _objects[name]];
        content[offset] ^= mask;
        return With((name, content));
    }

    /// <summary>Writes the objects into a folder, as a store in a folder keeps them.</summary>
    public void WriteTo(string folder)
    {
        foreach ((string name, byte[] content) in _objects)
        {
            string path = Path.Combine(folder, name);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>A text that stands for these objects: others have another.</summary>
    public string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, byte[] content) in _objects.Where(static entry => !IsEvidence(entry.Key)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length} "));
            hash.AppendData(content);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>A store in memory that holds these objects.</summary>
    public MemoryStore ToStore()
    {
        MemoryStore store = new();
        foreach ((string name, byte[] content) in _objects)
        {
            _ = store.TryAdd(ObjectName.Parse(name), content);
        }

        return store;
    }
}
