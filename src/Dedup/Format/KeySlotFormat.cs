using Dedup.Crypto;

namespace Dedup.Format;

/// <summary>
/// The object of a key slot.
/// <code>
///   0   8  "DEDUPKEY"
///   8   2  format version
///  10   1  password hash: 1 = Argon2id 1.3
///  11   1  lanes: 1
///  12   4  passes
///  16   8  memory in bytes
///  24  32  repository id
///  56  16  salt
///  72   8  time of creation, ns since 1970
///  80  32  commitment
/// 112  48  sealed master key
/// 160   2  length of the sealed label, then the sealed label
/// </code>
/// </summary>
internal static class KeySlotFormat
{
    public const int SaltLength = 16;

    /// <summary>How many bytes from the front the seals bind.</summary>
    public const int HeaderLength = 112;

    /// <summary>The longest label in bytes: short enough for a slot that holds it to be read again.</summary>
    public const int MaxLabelLength = 1024;

    /// <summary>Leaves room in a slot of the largest size for the header, the master key and the length before it.</summary>
    private const int MaxSealedLabelLength =
        Limits.MaxKeySlotLength - HeaderLength - MasterKey.Length - ObjectKey.TagLength - sizeof(ushort);

    private const byte Argon2Id13 = 1, OneLane = 1;

    private static ReadOnlySpan<byte> Magic => "DEDUPKEY"u8;

    /// <summary>The part that the seals bind: everything before the sealed master key.</summary>
    public static byte[] WriteHeader(KeySlot slot)
    {
        ByteWriter writer = new();
        WriteHeader(writer, slot);
        return writer.Written.ToArray();
    }

    /// <exception cref="ArgumentException">The label makes the slot longer than any reader takes.</exception>
    public static byte[] Write(KeySlot slot)
    {
        if (slot.SealedLabel.Length > MaxSealedLabelLength)
        {
            throw new ArgumentException($"The label of a key has at most {MaxSealedLabelLength - ObjectKey.TagLength} bytes as UTF-8.", nameof(slot));
        }

        ByteWriter writer = new();
        WriteHeader(writer, slot);
        writer.Bytes(slot.SealedMaster);
        writer.U16(slot.SealedLabel.Length);
        writer.Bytes(slot.SealedLabel);
        return writer.Written.ToArray();
    }

    /// <exception cref="CorruptDataException">It is no key slot, damaged, or demands a cost that is refused.</exception>
    public static KeySlot Read(ReadOnlySpan<byte> whole, string objectName)
    {
        ByteReader reader = new(whole, objectName);
        if (whole.Length < Magic.Length || !reader.Bytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new CorruptDataException(objectName, 0, "is not a key slot, or is damaged");
        }

        ushort version = reader.U16();
        byte hash = reader.U8();
        byte lanes = reader.U8();
        PasswordCost cost = new(reader.U32(), reader.U64());
        if (version != FormatVersion.Current || hash != Argon2Id13 || lanes != OneLane)
        {
            throw new CorruptDataException(objectName, 8, $"version {version}, password hash {hash} with {lanes} lanes; known is {FormatVersion.Current}, {Argon2Id13} with {OneLane}");
        }

        if (!cost.IsAcceptable)
        {
            throw new CorruptDataException(objectName, 12, $"demands {cost.Passes} passes over {cost.MemoryBytes} bytes, which is refused");
        }

        KeySlot slot = new()
        {
            Cost = cost,
            Repository = reader.Id(),
            Salt = reader.Bytes(SaltLength).ToArray(),
            CreatedNs = reader.I64(),
            Commitment = reader.Bytes(ObjectKey.CommitmentLength).ToArray(),
            SealedMaster = reader.Bytes(MasterKey.Length + ObjectKey.TagLength).ToArray(),
            SealedLabel = reader.Bytes(reader.Count16(Limits.MaxTextLength)).ToArray(),
        };
        if (slot.SealedLabel.Length < ObjectKey.TagLength)
        {
            throw reader.Corrupt("the sealed label is too short");
        }

        reader.End();
        return slot;
    }

    private static void WriteHeader(ByteWriter writer, KeySlot slot)
    {
        writer.Bytes(Magic);
        writer.U16(FormatVersion.Current);
        writer.U8(Argon2Id13);
        writer.U8(OneLane);
        writer.U32(slot.Cost.Passes);
        writer.U64(slot.Cost.MemoryBytes);
        writer.Id(slot.Repository);
        writer.Bytes(slot.Salt);
        writer.I64(slot.CreatedNs);
        writer.Bytes(slot.Commitment);
    }
}
