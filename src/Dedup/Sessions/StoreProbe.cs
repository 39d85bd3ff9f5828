using Dedup.Storage;

namespace Dedup.Sessions;

/// <summary>
/// Tries out what the safety of prunes rests on: of several writers of one name exactly one succeeds, what was written is read and
/// listed at once, and what was deleted is not.
/// </summary>
internal static class StoreProbe
{
    private const int Writers = 8, Rounds = 3, ContentLength = 64;

    /// <summary>Tries the store out with a few objects, which are deleted again.</summary>
    /// <exception cref="UnsafeStoreException">The store does not keep what it must.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task RunAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ObjectName name = RepositoryObjects.Probe(SnapshotId.Generate());
            try
            {
                await RaceAsync(store, name, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await store.DeleteAsync(name, CancellationToken.None).ConfigureAwait(false);
            }

            Require(!await IsListedAsync(store, name, cancellationToken).ConfigureAwait(false), store, "lists an object that was deleted");
        }
    }

    private static async Task RaceAsync(IObjectStore store, ObjectName name, CancellationToken cancellationToken)
    {
        Task<bool>[] writes = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () => await store.PutIfAbsentAsync(name, Content(writer), cancellationToken).ConfigureAwait(false), cancellationToken))];
        bool[] hasWon = await Task.WhenAll(writes).ConfigureAwait(false);

        // None is told so when the only reply that says it was lost and the store asked again: that costs nobody anything.
        Require(hasWon.Count(won => won) <= 1, store, $"told {hasWon.Count(won => won)} of {Writers} writers of one name that they were the first");
        Require(!await store.PutIfAbsentAsync(name, Content(Writers), cancellationToken).ConfigureAwait(false), store, "overwrites an object that must not be there yet");

        byte[] read = new byte[ContentLength + 1];
        int length = await ReadAsync(store, name, read, cancellationToken).ConfigureAwait(false);
        int first = Array.IndexOf(hasWon, true);
        bool isFirst = Enumerable.Range(0, Writers).Any(writer => (first < 0 || writer == first) && read.AsSpan(0, length).SequenceEqual(Content(writer)));
        Require(isFirst, store, "gives back another content than the first writer's");
        Require(await IsListedAsync(store, name, cancellationToken).ConfigureAwait(false), store, "does not list an object right after it was written");
    }

    private static async Task<int> ReadAsync(IObjectStore store, ObjectName name, byte[] destination, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(name, 0, destination, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException)
        {
            throw Unsafe(store, "does not give back an object right after it was written");
        }
    }

    private static async Task<bool> IsListedAsync(IObjectStore store, ObjectName name, CancellationToken cancellationToken)
    {
        await foreach (ObjectInfo info in store.ListAsync(name.Folder, cancellationToken).ConfigureAwait(false))
        {
            if (info.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Content(int writer)
    {
        byte[] content = new byte[ContentLength];
        content.AsSpan().Fill((byte)writer);
        return content;
    }

    private static void Require(bool isKept, IObjectStore store, string fault)
    {
        if (!isKept)
        {
            throw Unsafe(store, fault);
        }
    }

    private static UnsafeStoreException Unsafe(IObjectStore store, string fault) => new(
        $"{store.Location}: the store {fault}; with such a store nobody may prune while others work: use a store with conditional writes, or run 'prune --exclusive' when nothing else uses the repository");
}
