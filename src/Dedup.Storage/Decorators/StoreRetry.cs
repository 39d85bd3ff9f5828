using System.Globalization;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Dedup.Storage;

/// <summary>When and how often a call of a store is tried again.</summary>
internal sealed class StoreRetry
{
    /// <summary>The pause doubles with each try up to the longest; half of it is left to chance, so that many clients do not come back at once.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250), LongestPause = TimeSpan.FromSeconds(20);

    private static readonly ResiliencePropertyKey<CallHistory> HistoryKey = new("dedup.history");

    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;

    public StoreRetry(TimeSpan deadline, TimeProvider time, Action<string>? retrying)
    {
        _deadline = deadline;
        _time = time;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is StoreException { IsTransient: true } && LeftOf(HistoryOf(arguments.Context)) > TimeSpan.Zero),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(PauseAfter(arguments.AttemptNumber, LeftOf(HistoryOf(arguments.Context)))),
                OnRetry = arguments =>
                {
                    retrying?.Invoke(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{arguments.Outcome.Exception?.Message}; trying again in {arguments.RetryDelay.TotalSeconds:0.0} s (try {arguments.AttemptNumber + 2})"));
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Makes a call, and makes it again while it fails for a reason that passes.</summary>
    /// <returns>What it returned in the end, and how often it was made.</returns>
    /// <exception cref="StoreException">It failed for another reason, or until the deadline.</exception>
    public async ValueTask<(T Result, int Tries)> RunAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CallHistory history = new();
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(HistoryKey, history);
        try
        {
            T result = await _pipeline.ExecuteAsync(
                static (context, state) =>
                {
                    state.history.Tries++;
                    return state.call(context.CancellationToken);
                },
                context,
                (history, call)).ConfigureAwait(false);
            return (result, history.Tries);
        }
        catch (StoreException exception) when (exception.IsTransient && history.Tries > 1)
        {
            throw new StoreException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{exception.Message} (tried {history.Tries} times in {_time.GetElapsedTime(history.BeganAt!.Value).TotalSeconds:0} s)"),
                isTransient: true,
                exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static CallHistory HistoryOf(ResilienceContext context) =>
        context.Properties.TryGetValue(HistoryKey, out CallHistory? history) ? history : throw new InvalidOperationException("The call has no history.");

    private static TimeSpan PauseAfter(int attempt, TimeSpan left)
    {
        const int parts = 1 << 16, maxDoublings = 16;
        TimeSpan longest = FirstPause * Math.Pow(2, Math.Min(attempt, maxDoublings));
        longest = longest < LongestPause ? longest : LongestPause;
        TimeSpan pause = longest * (1 - (RandomNumberGenerator.GetInt32(parts) / (2.0 * parts)));
        return pause < left ? pause : left;
    }

    /// <summary>How long the call may still be tried again: counted from its first failure, since sending a pack over a slow line may itself take longer than the deadline.</summary>
    private TimeSpan LeftOf(CallHistory history) => _deadline - _time.GetElapsedTime(history.BeganAt ??= _time.GetTimestamp());

    private sealed class CallHistory
    {
        public int Tries { get; set; }

        /// <summary>When the call first failed.</summary>
        public long? BeganAt { get; set; }
    }
}
