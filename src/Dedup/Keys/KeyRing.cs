using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Dedup.Crypto;
using Dedup.Format;
using Dedup.Packing;
using Dedup.Storage;

namespace Dedup.Keys;

/// <summary>The key slots of a repository: made, opened, listed and removed. The master key in them never changes.</summary>
internal sealed class KeyRing(IObjectStore store, Bytes32 repository)
{
    /// <summary>Makes a slot.</summary>
    /// <returns>The slot's name.</returns>
    /// <exception cref="ArgumentException">The label is too long.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<Bytes32> AddAsync(
        MasterKey master, RepositoryKeys keys, ReadOnlyMemory<byte> password, string label, long createdNs, PasswordCost cost, CancellationToken cancellationToken)
    {
        using PasswordKey passwordKey = new(password.Span, RandomNumberGenerator.GetBytes(KeySlotFormat.SaltLength), cost);
        return await AddAsync(master, keys, passwordKey, label, createdNs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a slot for what a password gave.</summary>
    /// <inheritdoc cref="AddAsync(MasterKey, RepositoryKeys, ReadOnlyMemory{byte}, string, long, PasswordCost, CancellationToken)"/>
    public async Task<Bytes32> AddAsync(
        MasterKey master, RepositoryKeys keys, PasswordKey passwordKey, string label, long createdNs, CancellationToken cancellationToken)
    {
        byte[] content = KeySlotFormat.Write(MakeSlot(master, keys, passwordKey, label, createdNs));
        Bytes32 id = ContentHash.Of(content);
        await store.PutIfAbsentAsync(RepositoryObjects.Key(id), content, cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>Tries a password on every slot of this repository.</summary>
    /// <returns>The master key and the slot that gave it.</returns>
    /// <exception cref="WrongCredentialsException">No slot opens.</exception>
    /// <exception cref="CorruptDataException">No slot opens, and one is damaged: it may be the one. Or there is none to try.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<(MasterKey Master, Bytes32 Slot)> OpenAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        (MasterKey master, Bytes32 id, _) = await FindAsync(password, cancellationToken).ConfigureAwait(false);
        return (master, id);
    }

    /// <inheritdoc cref="OpenAsync"/>
    /// <returns>The master key, and the name and content of the slot that gave it.</returns>
    public async Task<(MasterKey Master, Bytes32 Id, KeySlot Slot)> FindAsync(ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        (IReadOnlyList<(Bytes32 Id, KeySlot Slot)> slots, IReadOnlyList<CorruptDataException> damage) = await ReadSlotsAsync(cancellationToken).ConfigureAwait(false);
        foreach ((Bytes32 id, KeySlot slot) in slots)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using PasswordKey key = new(password.Span, slot.Salt, slot.Cost);
            if (CryptographicOperations.FixedTimeEquals(key.Commitment, slot.Commitment)
                && key.TryUnwrap(slot.SealedMaster, KeySlotFormat.WriteHeader(slot)) is { } master)
            {
                return (master, id, slot);
            }
        }

        throw damage.Count > 0 ? damage[0]
            : slots.Count > 0 ? new WrongCredentialsException(store.Location)
            : new CorruptDataException(
                RepositoryObjects.Config.Value, -1, "no key belongs to the repository that it names: it is damaged, or the keys are gone; restore both from a copy");
    }

    /// <summary>Removes a slot, unless the one that must stay is gone by then: two that each remove the other's must not leave none.</summary>
    /// <returns>Whether it is removed; otherwise it is as it was.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<bool> TryRemoveAsync(Bytes32 id, KeySlot slot, Bytes32 kept, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(RepositoryObjects.Key(id), cancellationToken).ConfigureAwait(false);

        // From here on to the end, whoever interrupts: of two that look after they removed, at least one sees what the other did.
        if (await store.InfoAsync(RepositoryObjects.Key(kept), CancellationToken.None).ConfigureAwait(false) is not null)
        {
            return true;
        }

        await store.PutIfAbsentAsync(RepositoryObjects.Key(id), KeySlotFormat.Write(slot), CancellationToken.None).ConfigureAwait(false);
        return false;
    }

    /// <summary>Reads the slots of this repository, oldest first, and what is wrong with those that are damaged.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task<(IReadOnlyList<(Bytes32 Id, KeySlot Slot)> Slots, IReadOnlyList<CorruptDataException> Damage)> ReadSlotsAsync(CancellationToken cancellationToken)
    {
        List<(Bytes32 Id, KeySlot Slot)> slots = [];
        List<CorruptDataException> damage = [];

        // A store may list an object more than once; a slot that counted twice could pass for another one.
        HashSet<Bytes32> seen = [];
        await foreach (ObjectInfo info in store.ListAsync(RepositoryObjects.Keys, cancellationToken).ConfigureAwait(false))
        {
            if (!Bytes32.TryParse(info.Name.Leaf, out Bytes32 id) || !seen.Add(id))
            {
                continue;
            }

            try
            {
                byte[] content = await StoreReading.ReadAllAsync(store, info.Name, Limits.MaxKeySlotLength, cancellationToken).ConfigureAwait(false);
                ContentHash.Verify(content, id, info.Name.Value);
                KeySlot slot = KeySlotFormat.Read(content, info.Name.Value);

                // A slot of another repository, such as one left by a creation that lost the race for the config, is no concern of ours.
                if (slot.Repository.Equals(repository))
                {
                    slots.Add((id, slot));
                }
            }
            catch (CorruptDataException exception)
            {
                damage.Add(exception);
            }
        }

        return ([.. slots.OrderBy(entry => entry.Slot.CreatedNs)], damage);
    }

    /// <summary>Reads what a slot is called.</summary>
    /// <exception cref="CorruptDataException">The label is damaged.</exception>
    public string ReadLabel(KeySlot slot, RepositoryKeys keys, string objectName)
    {
        byte[] label = new byte[slot.SealedLabel.Length - ObjectKey.TagLength];
        using ObjectKey key = ObjectKey.Derive(keys.SlotLabel, repository, FormatVersion.Current, slot.Salt);
        return key.TryOpen(0, SealDomain.Whole, slot.SealedLabel, label, KeySlotFormat.WriteHeader(slot)) && Utf8.IsValid(label)
            ? Encoding.UTF8.GetString(label)
            : throw new CorruptDataException(objectName, KeySlotFormat.HeaderLength, "the seal of its label is broken, or it is not UTF-8");
    }

    private KeySlot MakeSlot(MasterKey master, RepositoryKeys keys, PasswordKey passwordKey, string label, long createdNs)
    {
        byte[] text = Encoding.UTF8.GetBytes(label);
        if (text.Length > KeySlotFormat.MaxLabelLength)
        {
            throw new ArgumentException($"The label is {text.Length} bytes long; at most {KeySlotFormat.MaxLabelLength} are allowed.", nameof(label));
        }

        byte[] salt = passwordKey.Salt.ToArray();
        KeySlot slot = new()
        {
            Repository = repository,
            Cost = passwordKey.Cost,
            Salt = salt,
            CreatedNs = createdNs,
            Commitment = passwordKey.Commitment.ToArray(),
            SealedMaster = [],
            SealedLabel = [],
        };
        byte[] header = KeySlotFormat.WriteHeader(slot);
        byte[] sealedLabel = new byte[text.Length + ObjectKey.TagLength];
        using ObjectKey labelKey = ObjectKey.Derive(keys.SlotLabel, repository, FormatVersion.Current, salt);
        labelKey.Seal(0, SealDomain.Whole, text, sealedLabel, header);
        return slot with { SealedMaster = passwordKey.Wrap(master, header), SealedLabel = sealedLabel };
    }
}
