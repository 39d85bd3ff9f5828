using System.Buffers.Binary;

namespace Dedup.FormatReader;

/// <summary>A record of a prune (section 17). The time is in nanoseconds since 1970 UTC; ids of packs are hex.</summary>
public sealed record GcRecord(GcName Name, long Time, string Host, string Program, List<string> Packs)
{
    public static GcRecord Open(RepositoryKeys keys, GcName name, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.GcRecord, "length of a record of a prune");
        string magic = name.Kind switch
        {
            GcRecordKind.Mark => "DEDUPGCM",
            GcRecordKind.Sweep => "DEDUPGCS",
            _ => "DEDUPGCR",
        };
        byte[] number = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(number, name.Number);
        return Parse(name, Envelope.Open(keys, keys.Gc, magic, number, content));
    }

    public static GcRecord Parse(GcName name, byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        var record = new GcRecord(name, reader.I64(), reader.Text(), reader.Text(), []);
        uint count = reader.U32();
        Limits.Check(count, name.Kind == GcRecordKind.Retirement ? 0UL : Limits.PacksInGcRecord, "number of packs in a record of a prune");
        for (uint i = 0; i < count; i++)
        {
            string id = reader.Id();
            if (i > 0 && string.CompareOrdinal(record.Packs[^1], id) >= 0)
            {
                throw new RejectedException("The packs of a record of a prune are out of order or listed twice.");
            }

            record.Packs.Add(id);
        }

        reader.End();
        return record;
    }
}
