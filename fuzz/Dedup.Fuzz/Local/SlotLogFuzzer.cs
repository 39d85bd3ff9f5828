using Dedup.Catalogue;

namespace Dedup.Fuzz;

/// <summary>
/// What is kept of commit slots on this machine, as a file of anything: what is read from it was written to it, and it can be written again. The input is what becomes of the file.
/// </summary>
internal sealed class SlotLogFuzzer : Fuzzer
{
    private static readonly Dictionary<SnapshotId, byte[]> Kept = Enumerable.Range(1, 5).ToDictionary(
        static i => new SnapshotId(FuzzKeys.Counting(i, SnapshotId.Length)), static i => FuzzKeys.Counting(i, 20 * i));

    private readonly CacheFolder _folder = new();
    private readonly byte[] _genuine;

    public SlotLogFuzzer()
        : base("slot-log")
    {
        _folder.Reset();
        Write(Kept);
        _genuine = _folder.Read(KeptSlots.FileName);
    }

    public override IEnumerable<byte[]> Seeds => [[2], [0], [0, .. _genuine], [1, 0x30], [1, 0x40], [2, 0, 40, 0, 1, 7], [2, 0, 48, 0, 4, 0xFF, 0xFF, 0xFF, 0x7F]];

    public override IReadOnlyList<byte[]> Words { get; } = [[.. "DEDUPLOG"u8], [.. "DEDUPLGB"u8], BitConverter.GetBytes(int.MaxValue), BitConverter.GetBytes(-1)];

    public override Outcome Execute(ReadOnlySpan<byte> input)
    {
        InputReader script = new(input);
        byte[] damaged = FileDamage.Apply(ref script, _genuine);
        _folder.Reset((KeptSlots.FileName, damaged));
        using Allocation bound = Allocation.AtMost(AllocationFor(damaged.Length));
        int found = Write(Kept);
        PropertyException.Require(Write(Kept) == Kept.Count, "what was kept after the damage is not found");
        return Outcome.Accepted(found, damaged.Length);
    }

    public override void Dispose()
    {
        _folder.Dispose();
        base.Dispose();
    }

    /// <returns>How many were there before.</returns>
    private int Write(Dictionary<SnapshotId, byte[]> slots)
    {
        using KeptSlots kept = KeptSlots.Open(_folder.Path, FuzzKeys.Keys);
        int found = 0;
        foreach ((SnapshotId id, byte[] plain) in slots)
        {
            if (kept.Find(id) is { } before)
            {
                PropertyException.Require(before.AsSpan().SequenceEqual(plain), $"slot {id} is read as something else");
                found++;
            }

            kept.Add(id, plain);
        }

        kept.Save(slots.Keys);
        return found;
    }
}
