using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Maintenance;

/// <summary>Checks config, key slots and sessions.</summary>
internal sealed class SmallObjectCheck(CheckContext context)
{
    public async Task RunAsync()
    {
        await CheckConfigAsync().ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Keys, Limits.MaxKeySlotLength, CheckKeySlot).ConfigureAwait(false);
        await CheckFolderAsync(RepositoryObjects.Sessions, Limits.MaxSessionLength, CheckSession).ConfigureAwait(false);
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
                // Sessions end and key slots are removed at any moment: what is gone since it was listed is not missed.
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
}
