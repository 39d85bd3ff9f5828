using Dedup.Storage;

namespace Dedup.Cli.Tests;

/// <summary>The objects of a repository as they lie in their store, to be looked at and to be damaged.</summary>
/// <param name="open">Opens the store.</param>
internal sealed class StoredObjects(Func<IObjectStore> open)
{
    private static readonly string[] Folders = ["", "keys", "packs", "index", "sessions", "snapshots", "gc", "forgotten", "swept"];

    /// <summary>The names of a folder's objects with the folder before them, sorted.</summary>
    public IReadOnlyList<string> Names(string folder) => [.. List(folder).Select(info => info.Name.Value).Order(StringComparer.Ordinal)];

    /// <summary>The name of the longest object of a folder.</summary>
    public string Longest(string folder) => List(folder).MaxBy(info => info.Length).Name.Value;

    /// <summary>How many bytes the objects of a folder have.</summary>
    public long Measure(string folder) => List(folder).Sum(info => info.Length);

    public void Put(string name, byte[] content) => Use(async store =>
    {
        await store.DeleteAsync(ObjectName.Parse(name), CancellationToken.None);
        return await store.PutIfAbsentAsync(ObjectName.Parse(name), content, CancellationToken.None);
    });

    public void Delete(string name) => Use(async store => await store.DeleteAsync(ObjectName.Parse(name), CancellationToken.None));

    /// <summary>Turns a bit of a byte.</summary>
    public void Flip(string name, Index at)
    {
        byte[] content = Read(name);
        content[at] ^= 1;
        Put(name, content);
    }

    /// <summary>Copies everything that a repository may have.</summary>
    public void CopyTo(StoredObjects other)
    {
        foreach (string name in Folders.SelectMany(Names))
        {
            other.Put(name, Read(name));
        }
    }

    private byte[] Read(string name) => Use(async store =>
    {
        byte[] content = new byte[(await store.InfoAsync(ObjectName.Parse(name), CancellationToken.None))!.Value.Length];
        await store.ReadAsync(ObjectName.Parse(name), 0, content, CancellationToken.None);
        return content;
    });

    private List<ObjectInfo> List(string folder) => Use(async store => await store.ListAsync(folder, CancellationToken.None).ToListAsync());

    // Off the test's own context: its only thread waits here.
    private T Use<T>(Func<IObjectStore, Task<T>> use) => Task.Run(async () =>
    {
        await using IObjectStore store = open();
        return await use(store);
    }).GetAwaiter().GetResult();
}
