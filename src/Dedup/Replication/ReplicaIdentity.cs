using Dedup.Format;
using Dedup.Keys;
using Dedup.Storage;

namespace Dedup.Replication;

/// <summary>Sees to it that the target is a replica of the source, or becomes one: the key slots, then the config, which makes a repository of it.</summary>
internal sealed class ReplicaIdentity(ReplicationContext context, ObjectCopier copier)
{
    private static readonly string[] Folders =
    [
        RepositoryObjects.Packs, RepositoryObjects.Index, RepositoryObjects.Snapshots, RepositoryObjects.Sessions,
        RepositoryObjects.Gc, RepositoryObjects.Forgotten, RepositoryObjects.Swept, RepositoryObjects.Evidence,
    ];

    /// <exception cref="RepositoryNotFoundException">The source is no repository.</exception>
    /// <exception cref="ReplicationRefusedException">The target holds another repository, or what is none.</exception>
    /// <exception cref="CorruptDataException">The source's config is damaged.</exception>
    /// <exception cref="UnsupportedFormatException">The source needs what this program does not know.</exception>
    /// <exception cref="StoreException">A store failed.</exception>
    public async Task EstablishAsync()
    {
        byte[] config = await RepositoryConfigReader.ReadAsync(context.Source, context.CancellationToken).ConfigureAwait(false);
        Bytes32 repository = ConfigFormat.Read(config, $"{context.Source.Location}: {RepositoryObjects.Config}").Repository;
        bool isThere = await context.Target.InfoAsync(RepositoryObjects.Config, context.CancellationToken).ConfigureAwait(false) is not null;
        if (isThere)
        {
            await CompareAsync(config, repository).ConfigureAwait(false);
        }
        else
        {
            await RequireOwnAsync().ConfigureAwait(false);
        }

        if (context.Options.IsDryRun)
        {
            return;
        }

        await CopyKeysAsync().ConfigureAwait(false);
        if (!isThere && !await context.Target.PutIfAbsentAsync(RepositoryObjects.Config, config, context.CancellationToken).ConfigureAwait(false))
        {
            await CompareAsync(config, repository).ConfigureAwait(false);
        }
    }

    private async Task CompareAsync(byte[] config, Bytes32 repository)
    {
        byte[] present;
        try
        {
            present = await RepositoryConfigReader.ReadAsync(context.Target, context.CancellationToken).ConfigureAwait(false);
            if (!ConfigFormat.Read(present, RepositoryObjects.Config.Value).Repository.Equals(repository))
            {
                throw new ReplicationRefusedException(
                    $"{context.Target.Location}: holds another repository; to copy snapshots into it use 'copy', else choose an empty place");
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or UnsupportedFormatException)
        {
            throw new ReplicationRefusedException(
                $"{context.Target.Location}: its config is damaged, or another program's; restore it from {context.Source.Location}, else choose an empty place");
        }

        if (!present.AsSpan().SequenceEqual(config))
        {
            context.Add(
                ReplicationProblemKind.Differs,
                RepositoryObjects.Config.Value,
                $"{context.Target.Location}: config: is not what {context.Source.Location} holds under that name, and was not overwritten; run 'check' on both to see which one is right");
        }
    }

    /// <summary>Without a config only key slots of the source may be there: a replication that was cut off right at its beginning.</summary>
    private async Task RequireOwnAsync()
    {
        HashSet<ObjectName> own = [.. (await StoreListing.ReadAsync(context.Source, RepositoryObjects.Keys, context.CancellationToken).ConfigureAwait(false)).Keys];
        foreach (string folder in (string[])["", RepositoryObjects.Keys, .. Folders])
        {
            await foreach (ObjectInfo info in context.Target.ListAsync(folder, context.CancellationToken).ConfigureAwait(false))
            {
                if (!own.Contains(info.Name))
                {
                    throw new ReplicationRefusedException($"{context.Target.Location}: holds {info.Name} but no config: it is no repository; choose an empty place");
                }
            }
        }
    }

    private async Task CopyKeysAsync()
    {
        Dictionary<ObjectName, long> present = await StoreListing.ReadAsync(context.Target, RepositoryObjects.Keys, context.CancellationToken).ConfigureAwait(false);
        Dictionary<ObjectName, long> keys = await StoreListing.ReadAsync(context.Source, RepositoryObjects.Keys, context.CancellationToken).ConfigureAwait(false);
        await copier.CompareHashedAsync(keys, present, context.Options.Verify).ConfigureAwait(false);
        await context.ForEachAsync(StoreListing.Missing(keys, present), (info, stop) => copier.CopyHashedAsync(info.Name, stop)).ConfigureAwait(false);
    }
}
