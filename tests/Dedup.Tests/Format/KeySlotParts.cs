using Dedup.FormatReader;

namespace Dedup.Tests.Format;

/// <summary>A key slot, field by field, at the lowest cost that is allowed.</summary>
internal sealed record KeySlotParts
{
    public const string Password = "correct horse";

    private static readonly byte[] Salt = VectorKeys.Salt[..16];

    // Hashing a password takes a while, so it is done once for each cost.
    private static readonly Dictionary<(long Passes, ulong Memory), byte[]> Hashes = [];

    public string Magic { get; init; } = "DEDUPKEY";

    public int Version { get; init; } = 1;

    public int Hash { get; init; } = 1;

    public int Lanes { get; init; } = 1;

    public long Passes { get; init; } = 3;

    public ulong Memory { get; init; } = 64 << 20;

    public byte[] Repository { get; init; } = VectorKeys.RepositoryId;

    public long Created { get; init; } = 1_700_000_000_000_000_001;

    public bool DamageCommitment { get; init; }

    public bool DamageMasterKey { get; init; }

    public byte[] Label { get; init; } = "Büro"u8.ToArray();

    public bool DamageLabel { get; init; }

    public byte[]? SealedLabel { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] Build()
    {
        byte[] derived = Derive();
        byte[] commitment = derived[32..];
        byte[] header = new FieldWriter()
            .Ascii(Magic).U16(Version).U8(Hash).U8(Lanes).U32(Passes).U64(Memory)
            .Bytes(Repository).Bytes(Salt).I64(Created).Bytes(DamageCommitment ? commitment.Flip(31) : commitment)
            .ToArray();
        byte[] sealedMaster = VectorSeal.Seal(derived[..32], new byte[12], VectorKeys.MasterKey, header);
        ObjectKey labelKey = ObjectKey.Derive(VectorKeys.Keys.SlotLabel, Salt, VectorKeys.RepositoryId);
        byte[] label = SealedLabel ?? VectorSeal.Seal(labelKey.Key, Nonce.Of(Nonce.SingleMessage, 0), Label, header);
        return new FieldWriter()
            .Bytes(header).Bytes(DamageMasterKey ? sealedMaster.Flip(0) : sealedMaster)
            .U16(label.Length).Bytes(DamageLabel ? label.Flip(0) : label).Bytes(Extra)
            .ToArray();
    }

    /// <summary>The hash at the slot's own cost, so that nothing but the cost is wrong; at the usual one where that would take too long.</summary>
    private byte[] Derive()
    {
        (long Passes, ulong Memory) cost = Passes <= 21 && Memory <= 65 << 20 ? (Passes, Memory) : (3, 64 << 20);
        if (!Hashes.TryGetValue(cost, out byte[]? derived))
        {
            derived = Argon2.Hash(System.Text.Encoding.UTF8.GetBytes(Password), Salt, (uint)cost.Passes, cost.Memory);
            Hashes.Add(cost, derived);
        }

        return derived;
    }

    public List<(string Name, string Value)> Values =>
    [
        ("cost", $"{Passes} {Memory}"),
        ("created", $"{Created}"),
        ("master key", Convert.ToHexStringLower(VectorKeys.MasterKey)),
        ("label", System.Text.Encoding.UTF8.GetString(Label)),
    ];
}
