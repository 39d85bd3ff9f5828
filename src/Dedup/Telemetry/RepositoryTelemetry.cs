using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dedup.Storage;

namespace Dedup.Telemetry;

/// <summary>
/// Tells whoever listens what is done with one repository. Nothing of it is shared with another repository, and without a listener an operation costs a few
/// branches.
/// </summary>
internal sealed class RepositoryTelemetry : IDisposable
{
    /// <summary>Enough to tell repositories apart, and short enough for a label.</summary>
    private const int TagLength = 16;

    private static readonly string? Version = typeof(RepositoryTelemetry).Assembly.GetName().Version?.ToString();

    private readonly ActivitySource _source = new(TelemetryNames.ActivitySource, Version);
    private readonly Meter _meter = new(TelemetryNames.Meter, Version);
    private readonly Histogram<double> _operationDuration, _requestDuration;
    private readonly Counter<long> _bytesRead, _bytesWritten, _sent, _fetched;
    private readonly KeyValuePair<string, object?> _repository;
    private readonly TimeProvider _time;

    /// <param name="repository">The repository's id.</param>
    /// <param name="time">The clock that durations are taken from.</param>
    public RepositoryTelemetry(string repository, TimeProvider time)
    {
        _repository = new(TelemetryNames.RepositoryTag, repository[..TagLength]);
        _time = time;
        _operationDuration = _meter.CreateHistogram<double>(TelemetryNames.OperationDuration, "s", "How long operations took.");
        _requestDuration = _meter.CreateHistogram<double>(TelemetryNames.StoreRequestDuration, "s", "How long requests to the store took.");
        _bytesRead = _meter.CreateCounter<long>(TelemetryNames.BytesRead, "By", "What operations read.");
        _bytesWritten = _meter.CreateCounter<long>(TelemetryNames.BytesWritten, "By", "What operations wrote.");
        _sent = _meter.CreateCounter<long>(TelemetryNames.StoreSent, "By", "Content of objects sent to the store.");
        _fetched = _meter.CreateCounter<long>(TelemetryNames.StoreFetched, "By", "Content of objects fetched from the store.");
    }

    /// <summary>Whether anybody wants to know about requests to the store.</summary>
    public bool MeasuresStore => _requestDuration.Enabled || _sent.Enabled || _fetched.Enabled;

    /// <summary>Runs an operation and tells of it.</summary>
    /// <param name="operation">Its name, as <see cref="TelemetryNames.OperationTag"/> has it.</param>
    /// <param name="snapshot">The snapshot that it is about, where there is one beforehand.</param>
    /// <param name="run">The operation.</param>
    /// <param name="describe">What is told of its result.</param>
    public async Task<T> RunAsync<T>(string operation, SnapshotId? snapshot, Func<Task<T>> run, Func<T, OperationFigures> describe)
    {
        using Activity? span = _source.StartActivity("dedup." + operation);
        span?.SetTag(_repository.Key, _repository.Value).SetTag(TelemetryNames.SnapshotTag, snapshot?.ToString());
        long began = _time.GetTimestamp();
        string outcome = "failure";
        try
        {
            T result = await run().ConfigureAwait(false);
            OperationFigures figures = describe(result);
            outcome = figures.IsComplete ? "success" : "incomplete";
            Tell(operation, figures, span);
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message).SetTag("error.type", exception.GetType().FullName);
            throw;
        }
        finally
        {
            span?.SetTag(TelemetryNames.OutcomeTag, outcome);
            _operationDuration.Record(
                _time.GetElapsedTime(began).TotalSeconds, _repository, new(TelemetryNames.OperationTag, operation), new(TelemetryNames.OutcomeTag, outcome));
        }
    }

    /// <summary>Tells of a request to the store.</summary>
    /// <param name="kind">What was asked.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="isDone">Whether the store did it.</param>
    /// <param name="bytes">Bytes of content sent or fetched.</param>
    public void TellRequest(StoreRequestKind kind, TimeSpan duration, bool isDone, long bytes)
    {
        (kind == StoreRequestKind.Read ? _fetched : _sent).Add(bytes, _repository);
        _requestDuration.Record(
            duration.TotalSeconds, _repository, new(TelemetryNames.RequestTag, NameOf(kind)), new(TelemetryNames.OutcomeTag, isDone ? "success" : "failure"));
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    private void Tell(string operation, OperationFigures figures, Activity? span)
    {
        KeyValuePair<string, object?> tag = new(TelemetryNames.OperationTag, operation);
        _bytesRead.Add(figures.BytesRead, _repository, tag);
        _bytesWritten.Add(figures.BytesWritten, _repository, tag);
        if (span is null)
        {
            return;
        }

        span.SetTag(TelemetryNames.BytesRead, figures.BytesRead)
            .SetTag(TelemetryNames.BytesWritten, figures.BytesWritten)
            .SetTag(TelemetryNames.EntriesTag, figures.Entries)
            .SetTag(TelemetryNames.ProblemsTag, figures.Problems);
        if (figures.Snapshot is { } made)
        {
            span.SetTag(TelemetryNames.SnapshotTag, made.ToString());
        }
    }

    private static string NameOf(StoreRequestKind kind) => kind switch
    {
        StoreRequestKind.Put => "put",
        StoreRequestKind.Read => "read",
        StoreRequestKind.List => "list",
        StoreRequestKind.Info => "info",
        StoreRequestKind.Delete => "delete",
        _ => "lock",
    };
}
