using Dedup.Crypto;
using Dedup.Format;

namespace Dedup.Fuzz;

/// <summary>Key slots (format-spec.md, section 6), up to where the password would be spent. No cost beyond the bounds is taken.</summary>
internal sealed class KeySlotFuzzer() : Fuzzer("key-slot")
{
    public override int MaxLength => Limits.MaxKeySlotLength;

    public override IEnumerable<byte[]> Seeds => [Slot(0, PasswordCost.Default), Slot(20, new PasswordCost(PasswordCost.MaxPasses, PasswordCost.MaxMemory))];

    public override IReadOnlyList<byte[]> Words { get; } = [BitConverter.GetBytes(1UL << 40), BitConverter.GetBytes(PasswordCost.MaxMemory), BitConverter.GetBytes(PasswordCost.MinMemory)];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] whole = input.ToArray();
        KeySlot? slot = null;
        CorruptDataException? rejection = null;
        try
        {
            using (Allocation.AtMost(AllocationFor(input.Length)))
            {
                slot = KeySlotFormat.Read(whole, Name);
            }
        }
        catch (CorruptDataException exception)
        {
            rejection = exception;
        }

        Agreement.Require(rejection, () => FormatReader.KeySlot.Parse(whole));
        if (rejection is not null)
        {
            return Outcome.Rejected(rejection);
        }

        PropertyException.Require(
            slot!.Cost is { Passes: >= 3 and <= 20, MemoryBytes: >= 64UL << 20 and <= 4UL << 30 }, $"a cost of {slot.Cost} would be spent");
        PropertyException.Require(KeySlotFormat.Write(slot).AsSpan().SequenceEqual(whole), "the slot is written anew as something else");
        return Outcome.Accepted(slot.SealedLabel.Length, slot.Cost.Passes);
    }

    private static byte[] Slot(int label, PasswordCost cost) => KeySlotFormat.Write(new KeySlot
    {
        Repository = FuzzKeys.Repository,
        Cost = cost,
        Salt = FuzzKeys.Counting(1, KeySlotFormat.SaltLength),
        CreatedNs = 1_700_000_000_000_000_000,
        Commitment = FuzzKeys.Counting(2, ObjectKey.CommitmentLength),
        SealedMaster = FuzzKeys.Counting(3, MasterKey.Length + ObjectKey.TagLength),
        SealedLabel = FuzzKeys.Counting(4, label + ObjectKey.TagLength),
    });
}
