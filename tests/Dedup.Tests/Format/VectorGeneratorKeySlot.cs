namespace Dedup.Tests.Format;

/// <summary>Vectors of key slots (section 6).</summary>
internal static class VectorGeneratorKeySlot
{
    private const string Kind = "key-slot";

    public static IEnumerable<FormatVector> All()
    {
        yield return Accept("labelled", new KeySlotParts());
        yield return Accept("without label", new KeySlotParts { Label = [] });

        yield return Reject("empty", "the fields are there", []);
        yield return Reject("magic", "it begins with DEDUPKEY", new KeySlotParts { Magic = "DEDUPCFG" }.Build());
        yield return Reject("version 2", "a version that is not known is refused", new KeySlotParts { Version = 2 }.Build());
        yield return Reject("hash 2", "the password hash is 1", new KeySlotParts { Hash = 2 }.Build());
        yield return Reject("lanes 0", "there is one lane", new KeySlotParts { Lanes = 0 }.Build());
        yield return Reject("lanes 2", "there is one lane", new KeySlotParts { Lanes = 2 }.Build());
        yield return Reject("passes 2", "passes are 3 to 20", new KeySlotParts { Passes = 2 }.Build());
        yield return Reject("passes 21", "passes are 3 to 20", new KeySlotParts { Passes = 21 }.Build());
        yield return Reject("passes most", "passes are 3 to 20", new KeySlotParts { Passes = uint.MaxValue }.Build());
        yield return Reject("memory too little", "memory is 64 MiB to 4 GiB", new KeySlotParts { Memory = (64 << 20) - 1024 }.Build());
        yield return Reject("memory too much", "memory is 64 MiB to 4 GiB", new KeySlotParts { Memory = (4UL << 30) + 1024 }.Build());
        yield return Reject("memory most", "memory is 64 MiB to 4 GiB", new KeySlotParts { Memory = ulong.MaxValue - 1023 }.Build());
        yield return Reject("memory odd", "memory is a multiple of 1024", new KeySlotParts { Memory = (64 << 20) + 512 }.Build());
        yield return Reject("another repository", "slots of other repositories are skipped", new KeySlotParts { Repository = VectorKeys.OtherKeys.RepositoryId }.Build());
        yield return Reject("commitment", "the commitment is compared", new KeySlotParts { DamageCommitment = true }.Build());
        yield return Reject("master key", "the master key is authentic", new KeySlotParts { DamageMasterKey = true }.Build());
        yield return Reject("creation altered", "the seals bind the header", new KeySlotParts().Build().Flip(72));
        yield return Reject("label", "the label is authentic", new KeySlotParts { DamageLabel = true }.Build());
        yield return Reject("label not UTF-8", "the label is well-formed UTF-8", new KeySlotParts { Label = [0xC3, 0x28] }.Build());
        yield return Reject("label too short", "a sealed label has at least 16 bytes", new KeySlotParts { SealedLabel = new byte[15] }.Build());
        yield return Reject("too long", "a key slot has at most 4 KiB", new KeySlotParts { Label = VectorKeys.Id(0x41).SelectMany(b => Enumerable.Repeat(b, 123)).ToArray() }.Build());
        yield return Reject("left over", "no bytes are left over", new KeySlotParts { Extra = [0] }.Build());
        yield return Reject("truncated", "the fields are there", new KeySlotParts().Build()[..^1]);
    }

    private static FormatVector Accept(string name, KeySlotParts parts) => Given(new(Kind, name, "a whole key slot", parts.Build(), parts.Values));

    private static FormatVector Reject(string name, string rule, byte[] content) => Given(new(Kind, name, rule, content, null));

    private static FormatVector Given(FormatVector vector) => vector with { Context = [("password", KeySlotParts.Password)] };
}
