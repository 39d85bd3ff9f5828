namespace Dedup.Tests.Concurrency.Model;

/// <summary>Reads gc/ in two steps, as a client must: the marks, then what has become of them. Notes are the number of records and their marks.</summary>
internal sealed class GcReader(StateLayout layout, int packs)
{
    private const int CountBits = 2;

    /// <summary>How many records there are, retired ones too.</summary>
    public int Count(in PackedState state)
    {
        int count = 0;
        while (count < layout.Records.Length && Stage(state, count) != RecordStage.Absent)
        {
            count++;
        }

        return count;
    }

    /// <summary>The stage of a record.</summary>
    public RecordStage Stage(in PackedState state, int record) => (RecordStage)layout.Records[record].Stage[state];

    /// <summary>Notes all marks.</summary>
    public int Marks(in PackedState state)
    {
        int count = Count(state), notes = count;
        for (int i = 0; i < count; i++)
        {
            notes |= layout.Records[i].Mark[state] << (CountBits + (i * packs));
        }

        return notes;
    }

    /// <summary>The packs of the noted marks that have no sweep, and of the sweeps that are not done.</summary>
    /// <param name="state">The store when the sweeps are read.</param>
    /// <param name="notes">What <see cref="Marks"/> gave before.</param>
    /// <param name="except">A record that does not count; -1: all count.</param>
    public int Condemned(in PackedState state, int notes, int except)
    {
        int condemned = 0, count = notes & ((1 << CountBits) - 1);
        for (int i = 0; i < count; i++)
        {
            condemned |= i == except ? 0 : Stage(state, i) switch
            {
                RecordStage.Marked => (notes >> (CountBits + (i * packs))) & ((1 << packs) - 1),
                RecordStage.Swept => layout.Records[i].Sweep[state],
                _ => 0,
            };
        }

        return condemned;
    }
}
