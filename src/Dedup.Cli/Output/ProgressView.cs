using System.Globalization;

namespace Dedup.Cli.Output;

/// <summary>Shows how far an operation has come: one line in place on a terminal, JSON lines with <c>--json</c>, nothing in a pipe.</summary>
/// <typeparam name="T">The engine's cumulative counters.</typeparam>
internal abstract class ProgressView<T>(CommandContext context) : IProgress<T>, IDisposable
    where T : struct
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>JSON lines are kept by whoever reads them: a long backup should not leave gigabytes of them.</summary>
    private static readonly TimeSpan JsonInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _showing = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private TimeSpan? _shownAt;
    private bool _isDone;

    protected CommandContext Context => context;

    public void Report(T value)
    {
        lock (_showing)
        {
            TimeSpan elapsed = Elapsed;
            TimeSpan interval = context.IsJson ? JsonInterval : LineInterval;
            if (_isDone || context.Settings.IsQuiet || elapsed - _shownAt < interval)
            {
                return;
            }

            _shownAt = elapsed;
            if (context.IsJson)
            {
                WriteJsonOrStop(value, elapsed);
            }
            else if (context.Errors.IsTerminal)
            {
                context.Errors.ShowStatus($"[{DurationText.Format(elapsed)}] {ToLine(value, elapsed)}", CurrentItem(value));
            }
        }
    }

    /// <summary>How long the operation has taken.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    public void Dispose()
    {
        lock (_showing)
        {
            _isDone = true;
            context.Errors.ClearStatus();
        }
    }

    /// <summary>The line for people, ASCII, without the time elapsed.</summary>
    protected abstract string ToLine(T value, TimeSpan elapsed);

    /// <summary>What is being worked on, shown at the end of the line where there is room.</summary>
    protected virtual string? CurrentItem(T value) => null;

    protected abstract void WriteJson(T value, TimeSpan elapsed);

    // On a full disk the operation goes on; its summary meets the error again, and reports it.
    private void WriteJsonOrStop(T value, TimeSpan elapsed)
    {
        try
        {
            WriteJson(value, elapsed);
        }
        catch (IOException)
        {
            _isDone = true;
        }
    }

    /// <summary>The share that is done, 0 to 1; 0 when the total is not known.</summary>
    protected static double Share(long done, long total) => total <= 0 ? 0 : Math.Min(1, (double)done / total);

    protected static long PerSecond(long amount, TimeSpan elapsed) => elapsed.TotalSeconds < 0.001 ? 0 : (long)(amount / elapsed.TotalSeconds);

    /// <summary>How long the rest takes at the speed so far; <see langword="null"/> when that cannot be told.</summary>
    protected static TimeSpan? Remaining(double share, TimeSpan elapsed) => share is > 0 and < 1 ? elapsed * ((1 - share) / share) : null;

    protected static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    protected static string Left(double share, TimeSpan elapsed) =>
        Remaining(share, elapsed) is { TotalDays: < 100 } left ? $", {DurationText.Format(left)} left" : "";

    protected static string Errors(long count) => count == 0 ? "" : $", {count} {(count == 1 ? "error" : "errors")}";
}
