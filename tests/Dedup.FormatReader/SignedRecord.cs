using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Dedup.FormatReader;

/// <summary>A record of evidence (section 23).</summary>
public sealed record SignedRecord
{
    private static readonly SearchValues<byte> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    public required ulong Chain { get; init; }

    public required ulong Number { get; init; }

    public required string Previous { get; init; }

    public required string Hash { get; init; }

    public required string Operation { get; init; }

    public required long Time { get; init; }

    public required byte Action { get; init; }

    public required byte Result { get; init; }

    public required byte Flags { get; init; }

    /// <summary>Object, host, program, user and place.</summary>
    public required List<string> Texts { get; init; }

    /// <summary>The name, kind and value of each detail.</summary>
    public required List<(string Name, byte Kind, string Value)> Fields { get; init; }

    public static SignedRecord Open(RepositoryKeys keys, ulong chain, ulong number, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Evidence, "length of a record of evidence");
        byte[] plaintext = Envelope.Open(keys, keys.Evidence, "DEDUPEVI", [.. BitConverter.GetBytes(chain), .. BitConverter.GetBytes(number)], content);
        if (plaintext.Length < 64 || !Ed25519.Verify(Ed25519.PublicKeyOf(keys.EvidenceSignature), [.. "dedup/1/evidence"u8, .. plaintext.AsSpan(64)], plaintext[..64]))
        {
            throw new RejectedException("The signature is not that of the body.");
        }

        SignedRecord record = Parse(keys.RepositoryId, plaintext[64..]);
        return record.Chain == chain && record.Number == number ? record : throw new RejectedException("The record is another one than its name says.");
    }

    public static SignedRecord Parse(byte[] repositoryId, byte[] body)
    {
        var reader = new FieldReader(body);
        if (!reader.Bytes(32).SequenceEqual(repositoryId))
        {
            throw new RejectedException("The record is another repository's.");
        }

        ulong chain = reader.U64(), number = reader.Length64();
        string previous = reader.Id();
        if (number == 0 || (number == 1 && previous.Any(digit => digit != '0')))
        {
            throw new RejectedException("The number is 0, or the first record names one before it.");
        }

        string operation = Convert.ToHexStringLower(reader.Bytes(16));
        long time = reader.I64();
        byte action = reader.U8(), result = reader.U8(), flags = reader.U8();
        reader.Reserved(1);
        if (action == 0 || result is 0 or > 5 || flags > 3)
        {
            throw new RejectedException("Action, result or flags are none that there are.");
        }

        List<string> texts = [reader.Text(), reader.Text(), reader.Text(), reader.Text(), reader.Text()];
        ushort count = reader.U16();
        Limits.Check(count, Limits.EvidenceFields, "number of details");
        List<(string Name, byte Kind, string Value)> fields = [];
        for (int i = 0; i < count; i++)
        {
            fields.Add(ParseField(ref reader));
        }

        reader.End();
        return new SignedRecord
        {
            Chain = chain,
            Number = number,
            Previous = previous,
            Hash = Convert.ToHexStringLower(SHA256.HashData(body)),
            Operation = operation,
            Time = time,
            Action = action,
            Result = result,
            Flags = flags,
            Texts = texts,
            Fields = fields,
        };
    }

    private static (string Name, byte Kind, string Value) ParseField(ref FieldReader reader)
    {
        ReadOnlySpan<byte> name = reader.Bytes(reader.U8());
        if (name.Length is 0 or > Limits.EvidenceFieldName || name.ContainsAnyExcept(NameCharacters))
        {
            throw new RejectedException("The name of a detail is none.");
        }

        string text = Encoding.ASCII.GetString(name);
        byte kind = reader.U8();
        switch (kind)
        {
            case 1:
                uint length = reader.U32();
                Limits.Check(length, Limits.EvidenceFieldText, "length of a detail");
                return (text, kind, FieldReader.Utf8(reader.Bytes((int)length)));
            case 2 or 3 or 4:
                return (text, kind, $"{reader.I64()}");
            case 5:
                long flag = reader.I64();
                return flag is 0 or 1 ? (text, kind, $"{flag}") : throw new RejectedException("A yes or no is neither.");
            default:
                throw new RejectedException("The kind of a detail is none.");
        }
    }
}
