namespace Dedup.Telemetry;

/// <summary>
/// The names under which the engine tells what it does, for who listens to <see cref="System.Diagnostics.ActivitySource"/> and <see cref="System.Diagnostics.Metrics.Meter"/>:
/// OpenTelemetry's <c>AddSource</c> and <c>AddMeter</c>, dotnet-counters, or a listener of one's own. They are part of the public API. Every measurement has the tag
/// <see cref="RepositoryTag"/>.
/// </summary>
public static class TelemetryNames
{
    /// <summary>The source of traces: a span for each backup, restore, check, prune and copy, named such as <c>dedup.backup</c>. A dry run is not traced.</summary>
    public const string ActivitySource = "Dedup";

    /// <summary>The meter of all instruments below.</summary>
    public const string Meter = "Dedup";

    /// <summary>Histogram, seconds: how long operations took, by <see cref="OperationTag"/> and <see cref="OutcomeTag"/>.</summary>
    public const string OperationDuration = "dedup.operation.duration";

    /// <summary>Counter, bytes: what operations read, by <see cref="OperationTag"/>: a backup of its source, a check of packs, a copy of its source; told when they end.</summary>
    public const string BytesRead = "dedup.bytes.read";

    /// <summary>
    /// Counter, bytes: what operations wrote, by <see cref="OperationTag"/>: a backup and a prune to the repository, a restore and a copy to their target; told when they
    /// end.
    /// </summary>
    public const string BytesWritten = "dedup.bytes.written";

    /// <summary>
    /// Histogram, seconds: how long requests to the store took, by <see cref="RequestTag"/> and <see cref="OutcomeTag"/>; its count is the number of requests. Of an upload
    /// it is the time of publishing, of a listing the time spent waiting for it.
    /// </summary>
    public const string StoreRequestDuration = "dedup.store.request.duration";

    /// <summary>Counter, bytes: the content of objects sent to the store, as each is written.</summary>
    public const string StoreSent = "dedup.store.sent";

    /// <summary>Counter, bytes: the content of objects fetched from the store, as each range is read.</summary>
    public const string StoreFetched = "dedup.store.fetched";

    /// <summary>The tag of the repository's id, its first 16 hexadecimal digits.</summary>
    public const string RepositoryTag = "dedup.repository";

    /// <summary>The tag of what was done: <c>backup</c>, <c>restore</c>, <c>check</c>, <c>prune</c> or <c>copy</c>.</summary>
    public const string OperationTag = "dedup.operation";

    /// <summary>The tag of what was asked of the store: <c>put</c>, <c>read</c>, <c>list</c>, <c>info</c>, <c>delete</c> or <c>lock</c>.</summary>
    public const string RequestTag = "dedup.store.request";

    /// <summary>
    /// The tag of how it ended: <c>success</c>; <c>incomplete</c> for a backup or restore with problems and a check with findings of damage; <c>failure</c>, or
    /// <c>cancelled</c>.
    /// </summary>
    public const string OutcomeTag = "dedup.outcome";

    /// <summary>A span's tag of how many entries an operation dealt with: a backup and a restore entries, a check and a prune packs.</summary>
    public const string EntriesTag = "dedup.entries";

    /// <summary>A span's tag of how many problems or findings there were.</summary>
    public const string ProblemsTag = "dedup.problems";

    /// <summary>A span's tag of the snapshot that was made or restored.</summary>
    public const string SnapshotTag = "dedup.snapshot";
}
