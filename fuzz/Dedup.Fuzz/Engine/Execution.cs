using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Dedup.Fuzz;

/// <summary>Executes inputs one after the other and finds out when one fails.</summary>
/// <param name="fuzzer">What executes them.</param>
/// <param name="underWay">Keeps the one that is being executed, if anybody wants to know after the process died.</param>
internal sealed class Execution(Fuzzer fuzzer, UnderWay? underWay = null)
{
    private readonly Lock _lock = new();
    private byte[]? _underWay;
    private long _began;

    /// <summary>Executes an input.</summary>
    /// <returns>How it failed; <see langword="null"/> when it did not.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a fuzzer throws is what is looked for.")]
    public FuzzFailure? Run(byte[] input, out Outcome outcome)
    {
        outcome = default;
        Note(input);
        underWay?.Note(input);
        try
        {
            outcome = fuzzer.Execute(input);
            return null;
        }
        catch (Exception exception)
        {
            return FuzzFailure.Of(exception);
        }
        finally
        {
            Note(null);
        }
    }

    /// <summary>The input that has been executed for longer than a time; <see langword="null"/> when none has. For other threads.</summary>
    public byte[]? TakesLongerThan(TimeSpan time)
    {
        lock (_lock)
        {
            return _underWay is not null && Stopwatch.GetElapsedTime(_began) > time ? _underWay : null;
        }
    }

    private void Note(byte[]? input)
    {
        lock (_lock)
        {
            _underWay = input;
            _began = Stopwatch.GetTimestamp();
        }
    }
}
