using System.Buffers.Binary;
using System.Text;
using Dedup.Crypto;
using Dedup.Evidence;
using Dedup.Native;

namespace Dedup.Format;

/// <summary>
/// The plaintext of a record of evidence; the envelope binds chain and number.
/// <code>
/// signature (64) of "dedup/1/evidence" and all that follows, the body:
/// repository (32), chain (8), number (8), hash of the record before (32), operation (16), time (8, ns)
/// action (1), result (1), flags (1: 1 clock doubtful, 2 late), zero (1)
/// object, host, program, actor, place (texts)
/// count of fields (2), each: length of the name (1), name, kind (1), then length (4) and UTF-8, or the value (8)
/// </code>
/// </summary>
internal static class EvidenceFormat
{
    private const byte ClockDoubtful = 1, Late = 2;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What a signature covers before the body, so that it is none of anything else.</summary>
    private static ReadOnlySpan<byte> SignedPrefix => "dedup/1/evidence"u8;

    /// <summary>SHA-256 of a body: what the next record names.</summary>
    public static Bytes32 HashOf(ReadOnlySpan<byte> body) => ContentHash.Of(body);

    /// <summary>Writes a body. The record's own hash takes no part.</summary>
    /// <exception cref="ArgumentException">A text is too long, or there are too many details.</exception>
    public static byte[] WriteBody(EvidenceRecord record, Bytes32 repository)
    {
        ByteWriter writer = new();
        writer.Id(repository);
        writer.U64(record.Chain);
        writer.Length64(record.Number);
        writer.Bytes(Convert.FromHexString(record.PreviousHash));
        writer.Bytes(Convert.FromHexString(record.Operation));
        writer.I64(UnixTime.FromDateTimeOffset(record.Time));
        writer.U8((byte)record.Action);
        writer.U8((byte)record.Result);
        writer.U8((byte)((record.IsClockDoubtful ? ClockDoubtful : 0) | (record.IsLate ? Late : 0)));
        writer.Zeros(1);
        writer.Text(record.Object);
        writer.Text(record.Host);
        writer.Text(record.Program);
        writer.Text(record.Actor);
        writer.Text(record.Place);
        WriteFields(writer, record.Details.Fields);
        return writer.Length + SigningKey.SignatureLength + SealedObject.Overhead <= Limits.MaxEvidenceLength
            ? writer.Written.ToArray()
            : throw new ArgumentException($"A record has no room for {writer.Length} bytes of details.", nameof(record));
    }

    /// <summary>Signs a body.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> body, SigningKey key) => key.Sign([.. SignedPrefix, .. body]);

    /// <summary>Whether a signature is that of a body.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> publicKey) =>
        Sodium.IsSignature([.. SignedPrefix, .. body], publicKey, signature);

    /// <summary>Signs and seals a body as the object that its chain and number name.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> body, ulong chain, long number, RepositoryKeys keys) => SealedObject.Seal(
        SealedObject.EvidenceMagic, keys.Evidence, keys.Repository, Name(chain, number), [.. Sign(body, keys.EvidenceSignature), .. body]);

    /// <summary>Opens a record and compares its signature.</summary>
    /// <returns>The signature, and the body, which is not looked at.</returns>
    /// <exception cref="CorruptDataException">The record is damaged, renamed or of another repository, or its signature is wrong.</exception>
    public static (byte[] Signature, byte[] Body) Unseal(ReadOnlySpan<byte> whole, ulong chain, long number, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(SealedObject.EvidenceMagic, keys.Evidence, keys.Repository, Name(chain, number), whole, objectName);
        ByteReader reader = new(plain, objectName);
        byte[] signature = reader.Bytes(SigningKey.SignatureLength).ToArray(), body = reader.Bytes(reader.Remaining).ToArray();
        return IsSigned(body, signature, keys.EvidenceSignature.PublicKey)
            ? (signature, body)
            : throw new CorruptDataException(objectName, 0, "its signature is wrong");
    }

    /// <summary>Reads a record.</summary>
    /// <inheritdoc cref="Unseal"/>
    public static EvidenceRecord Open(ReadOnlySpan<byte> whole, ulong chain, long number, RepositoryKeys keys, string objectName)
    {
        EvidenceRecord record = ReadBody(Unseal(whole, chain, number, keys, objectName).Body, keys.Repository, objectName);
        return record.Chain == chain && record.Number == number
            ? record
            : throw new CorruptDataException(objectName, -1, "says that it is another record");
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="CorruptDataException">It is none, or another repository's.</exception>
    public static EvidenceRecord ReadBody(ReadOnlySpan<byte> body, Bytes32 repository, string objectName)
    {
        ByteReader reader = new(body, objectName);
        if (!reader.Id().Equals(repository))
        {
            throw reader.Corrupt("another repository's");
        }

        ulong chain = reader.U64();
        long number = reader.Length64();
        Bytes32 previous = reader.Id();
        if (number == 0 || (number == 1 && !previous.IsZero))
        {
            throw reader.Corrupt("a first record that names one before, or one without number");
        }

        string operation = Convert.ToHexStringLower(reader.Bytes(SnapshotId.Length));
        long timeNs = reader.I64();
        byte action = reader.U8(), result = reader.U8(), flags = reader.U8();
        reader.Zeros(1);
        if (action == 0 || !Enum.IsDefined((EvidenceResult)result) || (flags & ~(ClockDoubtful | Late)) != 0)
        {
            throw reader.Corrupt($"action {action}, result {result} or flags {flags} that there are none");
        }

        EvidenceRecord record = new()
        {
            Chain = chain,
            Number = number,
            PreviousHash = previous.ToString(),
            Hash = HashOf(body).ToString(),
            Operation = operation,
            Action = (EvidenceAction)action,
            Result = (EvidenceResult)result,
            Time = UnixTime.ToDateTimeOffset(timeNs),
            IsClockDoubtful = (flags & ClockDoubtful) != 0,
            IsLate = (flags & Late) != 0,
            Object = reader.Text(),
            Host = reader.Text(),
            Program = reader.Text(),
            Actor = reader.Text(),
            Place = reader.Text(),
            Details = new EvidenceDetails(ReadFields(ref reader)),
        };
        reader.End();
        return record;
    }

    private static void WriteFields(ByteWriter writer, IReadOnlyList<EvidenceField> fields)
    {
        if (fields.Count > EvidenceDetails.MaxFields)
        {
            throw new ArgumentException($"A record has room for {EvidenceDetails.MaxFields} details, not {fields.Count}.", nameof(fields));
        }

        writer.U16(fields.Count);
        foreach (EvidenceField field in fields)
        {
            writer.U8((byte)field.Name.Length);
            writer.Bytes(Encoding.ASCII.GetBytes(field.Name));
            writer.U8((byte)field.Kind);
            if (field.Text is { } text)
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                writer.U32(utf8.Length);
                writer.Bytes(utf8);
            }
            else
            {
                writer.I64(field.Number);
            }
        }
    }

    private static List<EvidenceField> ReadFields(ref ByteReader reader)
    {
        int count = reader.Count16(EvidenceDetails.MaxFields);
        List<EvidenceField> fields = [];
        for (int i = 0; i < count; i++)
        {
            string name = Encoding.Latin1.GetString(reader.Bytes(reader.U8()));
            EvidenceFieldKind kind = (EvidenceFieldKind)reader.U8();
            if (!EvidenceField.IsName(name) || !Enum.IsDefined(kind))
            {
                throw reader.Corrupt("a detail whose name or kind there is none of");
            }

            fields.Add(kind == EvidenceFieldKind.Text ? EvidenceField.OfText(name, ReadText(ref reader)) : ReadNumber(ref reader, name, kind));
        }

        return fields;
    }

    private static string ReadText(ref ByteReader reader)
    {
        ReadOnlySpan<byte> utf8 = reader.Bytes(reader.Count32(EvidenceField.MaxTextLength));
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw reader.Corrupt("text that is not UTF-8");
        }
    }

    private static EvidenceField ReadNumber(ref ByteReader reader, string name, EvidenceFieldKind kind)
    {
        long value = reader.I64();
        return kind != EvidenceFieldKind.Flag || value is 0 or 1
            ? EvidenceField.OfRaw(name, kind, value)
            : throw reader.Corrupt($"a yes or no that is {value}");
    }

    private static byte[] Name(ulong chain, long number)
    {
        byte[] name = new byte[sizeof(ulong) + sizeof(long)];
        BinaryPrimitives.WriteUInt64LittleEndian(name, chain);
        BinaryPrimitives.WriteInt64LittleEndian(name.AsSpan(sizeof(ulong)), number);
        return name;
    }
}
