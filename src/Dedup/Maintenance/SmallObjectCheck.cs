using Dedup.Format;
using Dedup.Packing;
using Dedup.Sessions;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>Checks config, key slots, sessions, and the records of forgets and prunes.</summary>
internal sealed class SmallObjectCheck(CheckContext context)
{
    public async Task RunAsync()
    {
        await CheckConfigAsync().ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Keys, Limits.MaxKeySlotLength, CheckKeySlot).ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Sessions, Limits.MaxSessionLength, CheckSession).ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Forgotten, Limits.MaxForgottenLength, CheckForgotten).ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Gc, Limits.MaxGcRecordLength, CheckGcRecord).ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Swept, Limits.MaxGcRecordLength, CheckSweptRecord).ConfigureAwait(false);

        // Those that are missing, which no listing shows.
        GcState gc = await new GcLog(context.Store, context.Keys).ReadAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (CorruptDataException damage in gc.Damage)
        {
            context.Add(damage);
        }
    }

    private async Task CheckConfigAsync()
    {
        string name = RepositoryObjects.Config.Value;
        try
        {
            byte[] config = await StoreReading.ReadAllAsync(context.Store, RepositoryObjects.Config, Limits.MaxConfigLength, context.CancellationToken).ConfigureAwait(false);
            ConfigFormat.Read(config, name);
            if (!ConfigFormat.IsAuthentic(config, context.Keys.Config))
            {
                throw new CorruptDataException(name, -1, "is not authentic: damaged or forged");
            }
        }
        catch (Exception exception) when (exception is CorruptDataException or UnsupportedFormatException or ObjectNotFoundException)
        {
            context.Add(FindingKind.DamagedObject, name, exception.Message);
        }
    }

    private async Task CheckFolderAsync(string folder, long maxLength, Action<ObjectName, byte[]> check)
    {
        await foreach (ObjectInfo info in context.Store.ListAsync(folder, context.CancellationToken).ConfigureAwait(false))
        {
            try
            {
                check(info.Name, await StoreReading.ReadAllAsync(context.Store, info.Name, maxLength, context.CancellationToken).ConfigureAwait(false));
            }
            catch (CorruptDataException exception)
            {
                context.Add(exception);
            }
            catch (ObjectNotFoundException)
            {
                // Deleted since it was listed: a session that was decided, a mark whose sweep is done, a key that was revoked.
            }
        }
    }

    private static void CheckKeySlot(ObjectName name, byte[] content)
    {
        if (!Bytes32.TryParse(name.Leaf, out Bytes32 id))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of a key slot");
        }

        ContentHash.Verify(content, id, name.Value);
        KeySlotFormat.Read(content, name.Value);
    }

    private void CheckSession(ObjectName name, byte[] content)
    {
        if (!SnapshotId.TryParse(name.Leaf, out SnapshotId id))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of a session");
        }

        SessionFormat.Open(content, id, context.Keys, name.Value);
    }

    private void CheckForgotten(ObjectName name, byte[] content)
    {
        if (!SnapshotId.TryParse(name.Leaf, out SnapshotId id))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of a snapshot");
        }

        ForgottenFormat.Open(content, id, context.Keys, name.Value);
    }

    private void CheckGcRecord(ObjectName name, byte[] content)
    {
        if (!RepositoryObjects.TryParseGcRecord(name.Leaf, out long number, out GcStep step))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of a record of a prune");
        }

        GcRecordFormat.Open(content, number, step, context.Keys, name.Value);
    }

    private void CheckSweptRecord(ObjectName name, byte[] content)
    {
        if (!RepositoryObjects.TryParseSwept(name.Leaf, out long number, out Bytes32 hash))
        {
            throw new CorruptDataException(name.Value, -1, "is no name of a copied record of a prune");
        }

        ContentHash.Verify(content, hash, name.Value);
        GcRecordFormat.Open(content, number, GcStep.Sweep, context.Keys, name.Value);
    }
}
