using System.Buffers.Binary;
using Dedup.Crypto;
using Dedup.Snapshots;

namespace Dedup.Format;

/// <summary>
/// The plaintext of the records of a prune; the envelope binds number and step.
/// <code>
/// time (8, ns), host, program (texts), number of packs (4), each a pack's id (32), ascending
/// </code>
/// </summary>
internal static class GcRecordFormat
{
    /// <exception cref="ArgumentException">There are more packs than a record has room for.</exception>
    public static byte[] Seal(GcRecord record, RepositoryKeys keys)
    {
        ByteWriter writer = new();
        writer.I64(record.WrittenNs);
        writer.Text(record.Host);
        writer.Text(record.Program);
        writer.U32(record.Packs.Count);
        foreach (PackId pack in record.Packs)
        {
            writer.Id(pack.Bytes);
        }

        return writer.Length + SealedObject.Overhead <= Limits.MaxGcRecordLength
            ? SealedObject.Seal(Magic(record.Step), keys.GarbageCollection, keys.Repository, Name(record.Number), writer.Written)
            : throw new ArgumentException($"A record of a prune has no room for {record.Packs.Count} packs.", nameof(record));
    }

    /// <exception cref="CorruptDataException">The record is damaged, renamed or of another repository.</exception>
    public static GcRecord Open(ReadOnlySpan<byte> whole, long number, GcStep step, RepositoryKeys keys, string objectName)
    {
        byte[] plain = SealedObject.Open(Magic(step), keys.GarbageCollection, keys.Repository, Name(number), whole, objectName);
        ByteReader reader = new(plain, objectName);
        long writtenNs = reader.I64();
        string host = reader.Text(), program = reader.Text();

        // No more than there is room for, which the bound of the whole record bounds: an invented number costs no memory.
        PackId[] packs = new PackId[reader.Count32(step == GcStep.Retirement ? 0 : reader.Remaining / PackId.Length)];
        for (int i = 0; i < packs.Length; i++)
        {
            packs[i] = new PackId(reader.Bytes(PackId.Length));
            if (i > 0 && packs[i - 1].CompareTo(packs[i]) >= 0)
            {
                throw reader.Corrupt("packs twice or out of order");
            }
        }

        reader.End();
        return new GcRecord(number, step, packs, writtenNs, host, program);
    }

    private static ReadOnlySpan<byte> Magic(GcStep step) => step switch
    {
        GcStep.Mark => SealedObject.MarkMagic,
        GcStep.Sweep => SealedObject.SweepMagic,
        GcStep.Retirement => SealedObject.RetirementMagic,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    private static byte[] Name(long number)
    {
        byte[] name = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(name, number);
        return name;
    }
}
