namespace Dedup.Fuzz;

/// <summary>
/// Uses a whole repository of a few kilobytes, with a catalogue made anew, for each input: nothing beside the target of restores changes, and what all threads allocate is bounded.
/// </summary>
internal abstract class WholeRepositoryFuzzer(string name) : Fuzzer(name)
{
    /// <summary>What opening and using it may allocate: buffers of packs and of restores, whatever the repository says of itself.</summary>
    private const long MostAllocated = 96L << 20;

    /// <summary>Whether nothing else runs in this process, so that what all threads allocate is what an input makes them. Not so among tests.</summary>
    public static bool IsAlone { get; set; }

    protected WatchedFolder Folder { get; } = new();

    public sealed override Outcome Execute(ReadOnlySpan<byte> input)
    {
        byte[] script = input.ToArray();
        Folder.Reset(PlantsOf(input));
        Directory.CreateDirectory(Folder.Cache);
        string before = Folder.Describe();
        Outcome outcome;
        using (Allocation.OfAllThreadsAtMost(IsAlone ? MostAllocated : long.MaxValue))
        {
            outcome = UseAsync(script).GetAwaiter().GetResult();
        }

        string after = Folder.Describe();
        PropertyException.Require(before == after, $"something outside of the target was touched:\n{before}became\n{after}");
        return outcome;
    }

    public override void Dispose()
    {
        Folder.Dispose();
        base.Dispose();
    }

    /// <summary>What is planted in the target before, a bit each.</summary>
    protected virtual byte PlantsOf(ReadOnlySpan<byte> input) => 0;

    protected abstract Task<Outcome> UseAsync(byte[] script);
}
