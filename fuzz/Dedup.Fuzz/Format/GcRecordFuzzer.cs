using System.Buffers.Binary;
using Dedup.Format;
using Dedup.FormatReader;
using GcRecord = Dedup.Snapshots.GcRecord;

namespace Dedup.Fuzz;

/// <summary>Records of prunes (format-spec.md, section 17).</summary>
internal sealed class GcRecordFuzzer(GcStep step) : SealedFuzzer<GcRecord>($"gc-{step.ToString().ToLowerInvariant()}", Magic(step), FuzzKeys.Keys.GarbageCollection, Bound())
{
    private const long Number = 7;

    protected override IEnumerable<GcRecord> Values => step == GcStep.Retirement
        ? [Record()]
        : [Record(), Record(0x11), Record(0x11, 0x22, 0x33)];

    protected override GcRecord Read(ReadOnlySpan<byte> whole) => GcRecordFormat.Open(whole, Number, step, FuzzKeys.Keys, Name);

    protected override byte[] Write(GcRecord value) => GcRecordFormat.Seal(value, FuzzKeys.Keys);

    protected override void ReadIndependently(byte[] whole) => FormatReader.GcRecord.Open(
        FuzzKeys.Independent,
        new GcName(Number, step switch
        {
            GcStep.Mark => GcRecordKind.Mark,
            GcStep.Sweep => GcRecordKind.Sweep,
            _ => GcRecordKind.Retirement,
        }),
        whole);

    protected override IEnumerable<long> Describe(GcRecord value) => [value.Packs.Count, value.Host.Length, value.Program.Length];

    private GcRecord Record(params byte[] packs) =>
        new(Number, step, [.. packs.Select(static pack => new PackId([.. Enumerable.Repeat(pack, PackId.Length)]))], 1_700_000_000_000_000_000, "host", "dedup 0.1.0");

    private static ReadOnlySpan<byte> Magic(GcStep step) => step switch
    {
        GcStep.Mark => SealedObject.MarkMagic,
        GcStep.Sweep => SealedObject.SweepMagic,
        _ => SealedObject.RetirementMagic,
    };

    private static byte[] Bound()
    {
        byte[] name = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(name, Number);
        return name;
    }
}
