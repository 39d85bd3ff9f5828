using Dedup.Crypto;
using Dedup.Format;

namespace Dedup;

/// <content>Key slots.</content>
public sealed partial class Repository
{
    /// <summary>The key slots, oldest first.</summary>
    /// <exception cref="CorruptDataException">A slot is damaged.</exception>
    public async Task<IReadOnlyList<KeySlotInfo>> ListKeysAsync(CancellationToken cancellationToken)
    {
        (IReadOnlyList<(Bytes32 Id, KeySlot Slot)> slots, _) = await _keyRing.ReadSlotsAsync(cancellationToken).ConfigureAwait(false);
        return [.. slots.Select(slot => Describe(slot.Id, slot.Slot))];
    }

    /// <summary>Makes another slot, so that these credentials open the repository too.</summary>
    /// <exception cref="ArgumentException">The label is too long.</exception>
    public async Task<KeySlotInfo> AddKeyAsync(Credentials credentials, string label, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(label);
        Bytes32 id = await AddSlotAsync(credentials, label, cancellationToken).ConfigureAwait(false);
        return (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).Single(slot => slot.Id == id.ToString());
    }

    /// <summary>Removes a slot. Who knows its password and kept a copy of it can still open what was stored until now.</summary>
    /// <param name="id">The slot's id, or the beginning of one that no other has.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">No slot begins so, or several.</exception>
    /// <exception cref="InvalidOperationException">It is the slot that the repository was opened with.</exception>
    public async Task RemoveKeyAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        (IReadOnlyList<(Bytes32 Id, KeySlot Slot)> slots, _) = await _keyRing.ReadSlotsAsync(cancellationToken).ConfigureAwait(false);
        List<Bytes32> found = [.. slots.Select(slot => slot.Id).Where(slot => slot.ToString().StartsWith(id, StringComparison.Ordinal))];
        if (found.Count != 1)
        {
            throw new ArgumentException($"{Location}: {(found.Count == 0 ? "no key" : "more than one key")} begins with '{id}'; run 'key list'", nameof(id));
        }

        if (found[0].Equals(_slot))
        {
            throw new InvalidOperationException($"{Location}: the repository was opened with key {id}; open it with another to remove this one");
        }

        await _store.DeleteAsync(RepositoryObjects.Key(found[0]), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a slot for new credentials, then removes the one that the repository was opened with.</summary>
    public async Task<KeySlotInfo> ChangePasswordAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        string label = (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).SingleOrDefault(slot => slot.IsCurrent)?.Label ?? "";
        Bytes32 old = _slot;
        _slot = await AddSlotAsync(credentials, label, cancellationToken).ConfigureAwait(false);
        await _store.DeleteAsync(RepositoryObjects.Key(old), cancellationToken).ConfigureAwait(false);
        return (await ListKeysAsync(cancellationToken).ConfigureAwait(false)).Single(slot => slot.IsCurrent);
    }

    private Task<Bytes32> AddSlotAsync(Credentials credentials, string label, CancellationToken cancellationToken) =>
        _keyRing.AddAsync(
            _master, _keys, credentials.Password.ToArray(), label,
            UnixTime.FromDateTimeOffset(_options.TimeProvider.GetUtcNow()), PasswordCost.Default, cancellationToken);

    private KeySlotInfo Describe(Bytes32 id, KeySlot slot) => new(
        id.ToString(),
        _keyRing.ReadLabel(slot, _keys, RepositoryObjects.Key(id).Value),
        UnixTime.ToDateTimeOffset(slot.CreatedNs),
        id.Equals(_slot));
}
