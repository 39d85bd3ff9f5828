namespace Dedup.FormatReader;

/// <summary>A repository that a password opened. Objects are a dictionary from names ("packs/…") to bytes.</summary>
public sealed class RepositoryReader
{
    private readonly IReadOnlyDictionary<string, byte[]> _objects;

    private RepositoryReader(IReadOnlyDictionary<string, byte[]> objects, Config config, RepositoryKeys keys)
    {
        _objects = objects;
        Config = config;
        Keys = keys;
    }

    public Config Config { get; }

    public RepositoryKeys Keys { get; }

    public static RepositoryReader Open(IReadOnlyDictionary<string, byte[]> objects, string password)
    {
        Config config = Config.Parse(objects.GetValueOrDefault("config") ?? throw new RejectedException("There is no config."));
        byte[] masterKey = Unlock(objects, config, password) ?? throw new RejectedException("The password opens no key slot.");
        var keys = new RepositoryKeys(config.RepositoryId, masterKey);
        config.Authenticate(keys);
        return new RepositoryReader(objects, config, keys);
    }

    /// <summary>The snapshots by id, without forgotten ones; commit slots that do not open are listed in <paramref name="problems"/>.</summary>
    public Dictionary<string, Snapshot> Snapshots(List<string> problems)
    {
        var snapshots = new Dictionary<string, Snapshot>();
        foreach (string id in Named(_objects, "snapshots/", 32).Except(Named(_objects, "forgotten/", 32)))
        {
            try
            {
                if (CommitSlot.Open(Keys, Convert.FromHexString(id), _objects[$"snapshots/{id}"]).Snapshot is { } snapshot)
                {
                    snapshots.Add(id, snapshot);
                }
            }
            catch (RejectedException e)
            {
                problems.Add($"snapshots/{id}: {e.Message}");
            }
        }

        return snapshots;
    }

    /// <summary>Everything below the root of a snapshot, by path, with parents before children.</summary>
    public Dictionary<string, RestoredEntry> Restore(Snapshot snapshot, BlobSource source) =>
        new TreeRestorer(new BlobIndex(_objects, Keys, source)).Restore(snapshot.RootTree);

    /// <summary>The ids of the objects in a folder of the repository; objects under other names are ignored (section 3).</summary>
    public static List<string> Named(IReadOnlyDictionary<string, byte[]> objects, string folder, int digits) =>
    [
        .. objects.Keys
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => name[folder.Length..])
            .Where(id => id.Length == digits && id.All(c => char.IsAsciiHexDigitLower(c)))
            .Order(StringComparer.Ordinal),
    ];

    private static byte[]? Unlock(IReadOnlyDictionary<string, byte[]> objects, Config config, string password)
    {
        foreach (string id in Named(objects, "keys/", 64))
        {
            try
            {
                KeySlot slot = KeySlot.Parse(objects[$"keys/{id}"]);
                if (slot.RepositoryId.AsSpan().SequenceEqual(config.RepositoryId) && slot.Unlock(password) is { } masterKey)
                {
                    return masterKey;
                }
            }
            catch (RejectedException)
            {
                // Any slot opens the repository, so a damaged one is only one fewer to try.
            }
        }

        return null;
    }
}
