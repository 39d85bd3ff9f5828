using Dedup.Snapshots;

namespace Dedup.Sessions;

/// <summary>What prunes have under way, as read at one moment.</summary>
/// <param name="LastNumber">The number of the latest prune; 0 when there was none.</param>
/// <param name="OpenMarks">Marks whose sweep is not decided, by number.</param>
/// <param name="OpenSweeps">Sweeps that nobody has retired yet, by number.</param>
/// <param name="Damage">Records that are missing or cannot be read: nobody knows what they condemn.</param>
internal sealed record GcState(
    long LastNumber,
    IReadOnlyDictionary<long, GcRecord> OpenMarks,
    IReadOnlyDictionary<long, GcRecord> OpenSweeps,
    IReadOnlyList<CorruptDataException> Damage)
{
    /// <summary>Nothing: there was never a prune.</summary>
    public static GcState None { get; } = new(0, new Dictionary<long, GcRecord>(), new Dictionary<long, GcRecord>(), []);

    /// <summary>The packs that nobody may begin to rely on.</summary>
    /// <param name="except">A prune whose own record is left out; <see langword="null"/> for none.</param>
    public HashSet<PackId> Condemned(long? except = null) =>
        [.. OpenMarks.Values.Concat(OpenSweeps.Values).Where(record => record.Number != except).SelectMany(record => record.Packs)];
}
