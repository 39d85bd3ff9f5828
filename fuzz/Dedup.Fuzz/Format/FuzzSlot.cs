using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Key slots that no password opens.</summary>
internal static class FuzzSlot
{
    /// <summary>A slot with a label of whatever bytes, sealed with the right key.</summary>
    public static KeySlot WithLabel(ReadOnlySpan<byte> label)
    {
        KeySlot slot = new()
        {
            Repository = FuzzKeys.Repository,
            Cost = PasswordCost.Default,
            Salt = FuzzKeys.Salt[..KeySlotFormat.SaltLength],
            CreatedNs = 0,
            Commitment = FuzzKeys.Salt,
            SealedMaster = new byte[MasterKey.Length + ObjectKey.TagLength],
            SealedLabel = new byte[label.Length + ObjectKey.TagLength],
        };
        using ObjectKey key = ObjectKey.Derive(FuzzKeys.Keys.SlotLabel, FuzzKeys.Repository, FormatVersion.Current, slot.Salt);
        key.Seal(0, SealDomain.Whole, label, slot.SealedLabel, KeySlotFormat.WriteHeader(slot));
        return slot;
    }
}
