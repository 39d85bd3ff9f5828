namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// States in the order in which they were found, each with the number of the one that led to it. About 45 bytes a state:
/// 28 in a list of blocks, so that it grows without copying, and 8 for each place of a table that is at most two thirds full.
/// </summary>
internal sealed class StateSet
{
    private const int BlockBits = 16, BlockMask = (1 << BlockBits) - 1;
    private readonly List<PackedState[]> _states = [];
    private readonly List<int[]> _parents = [];

    // Upper half: 32 bits of the hash, the lower ones being the place. Lower half: the number of the state plus 1, or 0: free.
    private ulong[] _table = new ulong[1 << 12];

    /// <summary>The number of states.</summary>
    public int Count { get; private set; }

    /// <summary>The state of a number.</summary>
    public ref readonly PackedState this[int number] => ref _states[number >> BlockBits][number & BlockMask];

    /// <summary>The number of the state that led to one; -1 for the first.</summary>
    public int Parent(int number) => _parents[number >> BlockBits][number & BlockMask];

    /// <summary>Adds a state unless it is there.</summary>
    public void Add(in PackedState state, int parent)
    {
        ulong tag = PackedState.Hash(state) >> 32;
        int mask = _table.Length - 1;
        int place = (int)(tag & (ulong)mask);
        for (; _table[place] != 0; place = (place + 1) & mask)
        {
            if (_table[place] >> 32 == tag && PackedState.Same(state, this[(int)(_table[place] & uint.MaxValue) - 1]))
            {
                return;
            }
        }

        Append(state, parent);
        _table[place] = (tag << 32) | (uint)Count;
        if (Count > _table.Length / 3 * 2)
        {
            Grow();
        }
    }

    private void Append(in PackedState state, int parent)
    {
        if (Count >> BlockBits == _states.Count)
        {
            _states.Add(new PackedState[1 << BlockBits]);
            _parents.Add(new int[1 << BlockBits]);
        }

        _states[Count >> BlockBits][Count & BlockMask] = state;
        _parents[Count >> BlockBits][Count & BlockMask] = parent;
        Count++;
    }

    private void Grow()
    {
        ulong[] table = new ulong[_table.Length * 2];
        int mask = table.Length - 1;
        foreach (ulong entry in _table)
        {
            if (entry != 0)
            {
                int place = (int)((entry >> 32) & (ulong)mask);
                while (table[place] != 0)
                {
                    place = (place + 1) & mask;
                }

                table[place] = entry;
            }
        }

        _table = table;
    }
}
