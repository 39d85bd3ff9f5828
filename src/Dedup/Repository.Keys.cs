using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Format;
using Dedup.Keys;
using Dedup.Storage;

namespace Dedup;

/// <content>Key slots.</content>
public sealed partial class Repository
{
    /// <summary>The key slots, oldest first.</summary>
    /// <exception cref="CorruptDataException">A slot is damaged.</exception>
    public async Task<IReadOnlyList<KeySlotInfo>> ListKeysAsync(CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<(Bytes32 Id, KeySlot Slot)> slots, _) = await _keyRing.ReadSlotsAsync(cancellationToken).ConfigureAwait(false);
        return [.. slots.Select(slot => Describe(_keyRing, _keys, slot.Id, slot.Slot, slot.Id.Equals(_slot)))];
    }

    /// <summary>Finds out which key slot credentials open. Nothing else is done: no catalogue is made, nothing is written.</summary>
    /// <exception cref="RepositoryNotFoundException">The store holds no repository.</exception>
    /// <exception cref="WrongCredentialsException">No key slot opens.</exception>
    /// <exception cref="UnsupportedFormatException">The repository needs what this program does not know.</exception>
    /// <exception cref="CorruptDataException">Config or key slot are damaged.</exception>
    public static async Task<KeySlotInfo> TestKeyAsync(IObjectStore store, Credentials credentials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(credentials);
        byte[] content = await RepositoryConfigReader.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        RepositoryConfig config = ConfigFormat.Read(content, RepositoryObjects.Config.Value);
        KeyRing ring = new(store, config.Repository);
        (MasterKey master, Bytes32 id, KeySlot slot) = await ring.FindAsync(credentials.Password, cancellationToken).ConfigureAwait(false);
        using (master)
        {
            using RepositoryKeys keys = new(master, config.Repository);
            return ConfigFormat.IsAuthentic(content, keys.Config) ? Describe(ring, keys, id, slot, isCurrent: true) : throw ForgedConfig();
        }
    }

    /// <summary>Makes another slot, so that these credentials open the repository too.</summary>
    /// <exception cref="ArgumentException">The label is too long.</exception>
    public async Task<KeySlotInfo> AddKeyAsync(Credentials credentials, string label, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(label);
        Bytes32 id = await RecordAsync(
            EvidenceAction.KeyAdd, label,
            () => AddSlotAsync(credentials, label, cancellationToken),
            added => RecordedOutcome.OfKey(added.ToString(), label)).ConfigureAwait(false);
        return (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).Single(slot => slot.Id == id.ToString());
    }

    /// <summary>Removes a slot. Who knows its password and kept a copy of it can still open what was stored until now.</summary>
    /// <param name="id">The slot's id, or the beginning of one that no other has.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">No slot begins so, or several.</exception>
    /// <exception cref="InvalidOperationException">It is the slot that the repository was opened with, or that one was removed by somebody else: no key that is known to open would be left.</exception>
    public async Task RemoveKeyAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        (IReadOnlyList<(Bytes32 Id, KeySlot Slot)> slots, _) = await _keyRing.ReadSlotsAsync(cancellationToken).ConfigureAwait(false);
        List<(Bytes32 Id, KeySlot Slot)> found = [.. slots.Where(slot => slot.Id.ToString().StartsWith(id, StringComparison.Ordinal))];
        if (found.Count != 1)
        {
            throw new ArgumentException($"{Location}: {(found.Count == 0 ? "no key" : "more than one key")} begins with '{id}'; run 'key list'", nameof(id));
        }

        if (found[0].Id.Equals(_slot))
        {
            throw new InvalidOperationException(slots.Count == 1
                ? $"{Location}: key {id} is the only one; add another before removing this one, or nobody could read the data again"
                : $"{Location}: the repository was opened with key {id}; open it with another to remove this one");
        }

        (Bytes32 removed, KeySlot removedSlot) = found[0];
        bool isRemoved = slots.Any(slot => slot.Id.Equals(_slot)) && await RecordAsync(
            EvidenceAction.KeyRemove, removed.ToString(),
            () => _keyRing.TryRemoveAsync(removed, removedSlot, _slot, cancellationToken),
            isDone => RecordedOutcome.OfRemoval(removed.ToString(), isDone)).ConfigureAwait(false);
        if (!isRemoved)
        {
            throw new InvalidOperationException($"{Location}: the key that the repository was opened with was removed by somebody else; key {id} stays, open the repository anew");
        }
    }

    /// <summary>Makes a slot for new credentials, then removes the one that the repository was opened with.</summary>
    public async Task<KeySlotInfo> ChangePasswordAsync(Credentials credentials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        string label = (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).SingleOrDefault(slot => slot.IsCurrent)?.Label ?? "";
        Bytes32 old = _slot;
        _slot = await RecordAsync(
            EvidenceAction.KeyAdd, label,
            () => AddSlotAsync(credentials, label, cancellationToken),
            added => RecordedOutcome.OfKey(added.ToString(), label)).ConfigureAwait(false);
        await RecordAsync(
            EvidenceAction.KeyRemove, old.ToString(),
            async () => await _store.DeleteAsync(RepositoryObjects.Key(old), cancellationToken).ConfigureAwait(false),
            _ => RecordedOutcome.OfKey(old.ToString(), label)).ConfigureAwait(false);
        return (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).Single(slot => slot.IsCurrent);
    }

    private Task<Bytes32> AddSlotAsync(Credentials credentials, string label, CancellationToken cancellationToken) =>
        _keyRing.AddAsync(
            _master, _keys, credentials.Password, label,
            UnixTime.FromDateTimeOffset(_options.TimeProvider.GetUtcNow()), PasswordCost.Default, cancellationToken);

    private static KeySlotInfo Describe(KeyRing ring, RepositoryKeys keys, Bytes32 id, KeySlot slot, bool isCurrent) => new(
        id.ToString(),
        ring.ReadLabel(slot, keys, RepositoryObjects.Key(id).Value),
        UnixTime.ToDateTimeOffset(slot.CreatedNs),
        isCurrent,
        (int)slot.Cost.Passes,
        (long)slot.Cost.MemoryBytes);
}
