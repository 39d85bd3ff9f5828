namespace Dedup.Tests.Faults;

/// <summary>A file of a simulated disk: what of it is on the platter, and what is only in memory.</summary>
internal sealed class SimulatedFile
{
    /// <summary>What a disk writes at once or not at all.</summary>
    private const int SectorLength = 512;

    private readonly List<(long Offset, byte[] Bytes)> _pending = [];
    private byte[] _durable = [];

    public SimulatedFile()
    {
    }

    public SimulatedFile(byte[] durable) => _durable = durable;

    /// <summary>Whether something written would be lost if the power failed.</summary>
    public bool HasPending => _pending.Count > 0;

    public void Write(long offset, byte[] bytes) => _pending.Add((offset, bytes));

    public void Sync()
    {
        _durable = Whole();
        _pending.Clear();
    }

    /// <summary>What is found when all that was written came to the platter.</summary>
    public byte[] Whole()
    {
        byte[] content = new byte[Length()];
        _durable.CopyTo(content, 0);
        foreach ((long offset, byte[] bytes) in _pending)
        {
            bytes.CopyTo(content, offset);
        }

        return content;
    }

    /// <summary>What is found when only some of the sectors came to the platter, and perhaps not even the length.</summary>
    public byte[] Torn(Random random)
    {
        byte[] whole = Whole();
        byte[] torn = new byte[random.Next(4) switch { 0 => _durable.Length, 1 => random.Next(_durable.Length, whole.Length + 1), _ => whole.Length }];
        _durable.AsSpan(0, Math.Min(_durable.Length, torn.Length)).CopyTo(torn);
        for (int start = 0; start < torn.Length; start += SectorLength)
        {
            int length = Math.Min(SectorLength, torn.Length - start);
            if (random.Next(2) == 0)
            {
                whole.AsSpan(start, length).CopyTo(torn.AsSpan(start));
            }
        }

        return torn;
    }

    private long Length() => _pending.Aggregate((long)_durable.Length, static (length, write) => Math.Max(length, write.Offset + write.Bytes.Length));
}
