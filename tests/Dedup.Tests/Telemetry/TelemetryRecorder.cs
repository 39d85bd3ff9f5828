using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dedup.Telemetry;

namespace Dedup.Tests.Telemetry;

/// <summary>Listens to what the engine tells of one repository, or of all.</summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _measurements = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public TelemetryRecorder()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == TelemetryNames.ActivitySource,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetryNames.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _meters.Start();
    }

    /// <summary>The spans of a repository, in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans(Repository repository) => [.. _spans.Where(span => (string?)span.GetTagItem(TelemetryNames.RepositoryTag) == repository.Id[..16])];

    /// <summary>The values of an instrument for a repository, of those measurements that have a tag.</summary>
    public IReadOnlyList<double> Values(Repository repository, string instrument, params (string Tag, string Value)[] tags) =>
    [
        .. _measurements
            .Where(measured => measured.Instrument == instrument
                && tags.Append((TelemetryNames.RepositoryTag, repository.Id[..16])).All(tag => (string?)measured.Tags.GetValueOrDefault(tag.Item1) == tag.Item2))
            .Select(static measured => measured.Value),
    ];

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measurements.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary()));
}
