using System.Security.Cryptography;
using Dedup.Chunking;
using Dedup.Compression;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Keys;

/// <summary>Makes and reads the config, which makes a repository of a store.</summary>
internal static class RepositoryConfigReader
{
    /// <summary>The config of a new repository.</summary>
    public static RepositoryConfig New(ChunkerParameters chunks, CompressionOptions compression, long createdNs) => new()
    {
        Repository = new Bytes32(RandomNumberGenerator.GetBytes(Bytes32.Length)),
        CreatedNs = createdNs,
        Chunks = chunks,
        Compression = compression,
    };

    /// <summary>Reads the config object.</summary>
    /// <exception cref="RepositoryNotFoundException">There is none.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<byte[]> ReadAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreReading.ReadAllAsync(store, RepositoryObjects.Config, Limits.MaxConfigLength, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectNotFoundException)
        {
            throw new RepositoryNotFoundException(
                await FindRemainsAsync(store, cancellationToken).ConfigureAwait(false) is { } name
                    ? $"{store.Location}: holds {name} but no config, without which nothing can be read: put the object 'config' back from a copy of this repository"
                    : $"{store.Location}: there is no repository here; make one with 'init', or correct the path");
        }
    }

    /// <summary>Refuses a store that holds a repository, whole or without its config.</summary>
    /// <exception cref="RepositoryExistsException">It does.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task RequireEmptyAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        if (await store.InfoAsync(RepositoryObjects.Config, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Exists(store);
        }

        if (await FindRemainsAsync(store, cancellationToken).ConfigureAwait(false) is { } name)
        {
            throw new RepositoryExistsException(
                $"{store.Location}: holds {name} but no config; if this was a repository restore its config from a copy, else choose an empty place");
        }
    }

    public static RepositoryExistsException Exists(IObjectStore store) =>
        new($"{store.Location}: there is a repository here already");

    /// <summary>An object that only a repository leaves, if there is one.</summary>
    private static async Task<ObjectName?> FindRemainsAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        foreach (string folder in (string[])[RepositoryObjects.Packs, RepositoryObjects.Snapshots])
        {
            await foreach (ObjectInfo info in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            {
                return info.Name;
            }
        }

        return null;
    }
}
