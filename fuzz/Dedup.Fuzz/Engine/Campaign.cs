using System.Diagnostics;

namespace Dedup.Fuzz;

/// <summary>
/// Executes changed inputs: each new outcome's input joins those that are changed further. What is done hangs on the fuzzer, its corpus and the seed
/// alone; a bound in seconds only cuts it off.
/// </summary>
internal sealed class Campaign(Fuzzer fuzzer, IReadOnlyList<byte[]> corpus, ulong seed)
{
    /// <summary>The most inputs that are kept, so that memory is bounded; and how long they may be in all, in bytes.</summary>
    private const int MaxKept = 4096, MaxKeptBytes = 64 << 20;

    private readonly List<byte[]> _kept = [];
    private readonly HashSet<Outcome> _outcomes = [];
    private long _keptBytes;

    /// <summary>How many inputs were executed.</summary>
    public long Executions { get; private set; }

    /// <summary>How many outcomes were told apart.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>The inputs with outcomes that none before had, in the order in which they were found.</summary>
    public IReadOnlyList<byte[]> Kept => _kept;

    /// <summary>The input under way: after a failure, the one that failed.</summary>
    public byte[] Input { get; private set; } = [];

    /// <summary>Executes inputs until one fails or a bound is reached.</summary>
    /// <returns>The failure; <see langword="null"/> when there was none.</returns>
    public FuzzFailure? Run(Execution execution, long maxExecutions, TimeSpan maxTime)
    {
        long began = Stopwatch.GetTimestamp();
        Mutator mutator = new(seed);
        foreach (byte[] input in fuzzer.Seeds.Concat(corpus))
        {
            if (Execute(execution, input) is { } failure)
            {
                return failure;
            }
        }

        if (_kept.Count == 0)
        {
            _kept.Add([]);
        }

        while (Executions < maxExecutions && Stopwatch.GetElapsedTime(began) < maxTime)
        {
            byte[] changed = mutator.Mutate(Pick(mutator), _kept[mutator.Next(_kept.Count)], fuzzer.Words, fuzzer.MaxLength);
            if (Execute(execution, changed) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Half of the time one of the latest finds, otherwise any.</summary>
    private byte[] Pick(Mutator mutator)
    {
        int recent = Math.Min(_kept.Count, 64);
        return mutator.Next(2) == 0 ? _kept[_kept.Count - 1 - mutator.Next(recent)] : _kept[mutator.Next(_kept.Count)];
    }

    private FuzzFailure? Execute(Execution execution, byte[] input)
    {
        Input = input;
        Executions++;
        FuzzFailure? failure = execution.Run(input, out Outcome outcome);
        if (failure is null && _outcomes.Count < MaxKept && _outcomes.Add(outcome) && _keptBytes + input.Length <= MaxKeptBytes)
        {
            _kept.Add(input);
            _keptBytes += input.Length;
        }

        return failure;
    }
}
