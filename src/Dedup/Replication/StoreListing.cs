using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>Lists the objects of a repository; what lies in a folder under a name that the format does not give is left out.</summary>
internal static class StoreListing
{
    /// <returns>The lengths of the objects, by name.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<Dictionary<ObjectName, long>> ReadAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        Dictionary<ObjectName, long> objects = [];
        await foreach (ObjectInfo info in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
        {
            if (IsName(folder, info.Name))
            {
                objects[info.Name] = info.Length;
            }
        }

        return objects;
    }

    /// <summary>The objects of one listing that another lacks.</summary>
    public static IReadOnlyList<ObjectInfo> Missing(IReadOnlyDictionary<ObjectName, long> from, IReadOnlyDictionary<ObjectName, long> present) =>
        [.. from.Where(entry => !present.ContainsKey(entry.Key)).Select(entry => new ObjectInfo(entry.Key, entry.Value))];

    private static bool IsName(string folder, ObjectName name) => folder switch
    {
        RepositoryObjects.Keys or RepositoryObjects.Packs or RepositoryObjects.Index => Bytes32.TryParse(name.Leaf, out _),
        RepositoryObjects.Gc => RepositoryObjects.TryParseGcRecord(name.Leaf, out _, out _),
        RepositoryObjects.Swept => RepositoryObjects.TryParseSwept(name.Leaf, out _, out _),
        RepositoryObjects.Evidence => RepositoryObjects.TryParseEvidence(name.Leaf, out _, out _),
        _ => SnapshotId.TryParse(name.Leaf, out _),
    };
}
