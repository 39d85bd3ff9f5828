namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// Where each part of a state lies. A set of packs is a mask: bit 0 is p1 and bit 1 is p2, which both hold the blob from the start;
/// then come the own packs of the backups and the copies that the prunes make.
/// </summary>
internal sealed class StateLayout
{
    private const int StepBits = 4, CountBits = 2, MaxCount = (1 << CountBits) - 1;
    private readonly int _packs;
    private int _bits;

    /// <summary>Lays out the state of at most three backups and three prunes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are more.</exception>
    /// <exception cref="ArgumentException">Their state does not fit into a <see cref="PackedState"/>.</exception>
    public StateLayout(int backups, int prunes, ProtocolRules rules)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(backups, MaxCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prunes, MaxCount);
        _packs = 2 + backups + prunes;
        Present = Next(_packs);
        FirstSnapshot = Next(1);
        Sessions = Fields(backups, 1);
        Slots = Fields(backups, 2);
        Records = Make(prunes, () => new RecordFields(Next(3), Next(_packs), Next(_packs)));
        int noted = Math.Max(_packs, (prunes * _packs) + CountBits);
        Backups = Make(backups, () => new BackupFields(Next(StepBits), Next(noted), Optional(rules.StaleIndex)));
        Prunes = Make(prunes, () => new PruneFields(
            Next(StepBits), Next(CountBits), Next(1), Next(Math.Max(backups, 1)), Next(CountBits), Next(noted),
            Optional(rules.StalePackList), Optional(rules.SweepsDeleted)));
    }

    /// <summary>The packs that are in the store.</summary>
    public BitField Present { get; }

    /// <summary>Whether the snapshot that was there at the start is there: 1 or 0.</summary>
    public BitField FirstSnapshot { get; }

    /// <summary>For each backup, whether its session object is there: 1 or 0.</summary>
    public BitField[] Sessions { get; }

    /// <summary>For each backup, its <see cref="Slot"/>.</summary>
    public BitField[] Slots { get; }

    /// <summary>The records below gc/, by their number.</summary>
    public RecordFields[] Records { get; }

    /// <summary>What each backup holds in its memory.</summary>
    public BackupFields[] Backups { get; }

    /// <summary>What each prune holds in its memory.</summary>
    public PruneFields[] Prunes { get; }

    /// <summary>Whether a snapshot is there, and so needs the blob.</summary>
    public bool IsNeeded(in PackedState state)
    {
        bool needed = FirstSnapshot[state] != 0;
        foreach (BitField slot in Slots)
        {
            needed |= slot[state] == (int)Slot.Committed;
        }

        return needed;
    }

    private static T[] Make<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private BitField[] Fields(int count, int width) => Make(count, () => Next(width));

    /// <summary>A set of packs that only a mutant needs; without it, no bits.</summary>
    private BitField Optional(bool needed) => needed ? Next(_packs) : default;

    private BitField Next(int width)
    {
        // A field lies within one word.
        int start = (_bits & 63) + width > 64 ? (_bits | 63) + 1 : _bits;
        _bits = start + width;
        if (_bits > PackedState.Words * 64)
        {
            throw new ArgumentException($"A state with {_packs} packs has more than {PackedState.Words * 64} bits.");
        }

        return new BitField(start >> 6, start & 63, width);
    }
}
