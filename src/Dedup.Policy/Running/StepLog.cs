namespace Dedup.Policy.Running;

/// <summary>Collects the steps of a run, and keeps the failure of one from ending the others.</summary>
internal sealed class StepLog(Action<RunStep> ended)
{
    private readonly List<RunStep> _steps = [];
    private readonly Dictionary<string, int> _missed = new(StringComparer.Ordinal);

    public RunReport Report => new(_steps, _missed);

    public void Add(StepKind kind, string subject, StepOutcome outcome, string message)
    {
        RunStep step = new(kind, subject, outcome, message);
        _steps.Add(step);
        ended(step);
    }

    public void AddMissed(string source, int count) => _missed[source] = _missed.GetValueOrDefault(source) + count;

    /// <summary>Does a step; what goes wrong in it is told.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="subject">To what.</param>
    /// <param name="step">The step, which tells what it did itself.</param>
    /// <param name="failed">Is given why it failed.</param>
    public async Task TryAsync(StepKind kind, string subject, Func<Task> step, Action<string>? failed = null)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DedupException or IOException or UnauthorizedAccessException)
        {
            Add(kind, subject, StepOutcome.Failed, exception.Message);
            failed?.Invoke(exception.Message);
        }
    }
}
