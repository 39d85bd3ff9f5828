using System.ComponentModel;
using Dedup.Policy.Sources;
using Dedup.Snapshots;

namespace Dedup.Policy.Drills;

/// <summary>A drill under way: what it found and measured until now.</summary>
/// <param name="options">The drill.</param>
/// <param name="time">The clock.</param>
/// <param name="scratch">The private folder.</param>
/// <param name="progress">Is told of each part that begins.</param>
internal sealed class DrillRun(DrillOptions options, TimeProvider time, ScratchFolder scratch, IProgress<DrillPhaseKind>? progress)
{
    private readonly List<DrillFinding> _findings = [];
    private readonly Dictionary<DrillPhaseKind, DrillPhase> _phases = [];

    public DrillOptions Options => options;

    public ScratchFolder Scratch => scratch;

    /// <summary>The folder that holds what the snapshot's root holds.</summary>
    public string Restored { get; } = Path.Combine(scratch.Path, "restored");

    public IReadOnlyList<DrillFinding> Findings => _findings;

    public IEnumerable<DrillPhase> Phases => _phases.Values.OrderBy(static phase => phase.Kind);

    public List<string> Notes { get; } = [];

    public Repository? Repository { get; set; }

    public KeySlotInfo? KeySlot { get; set; }

    public Snapshot? Snapshot { get; set; }

    public SourceKind Kind { get; set; }

    public long Files { get; set; }

    public long Bytes { get; set; }

    public long TotalFiles { get; set; }

    public long TotalBytes { get; set; }

    /// <summary>Does a part of the drill and measures it. What fails is a finding.</summary>
    /// <param name="kind">Which part.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="work">The part; gives the files and bytes it went over.</param>
    /// <returns>Whether nothing failed that stops the drill.</returns>
    public async Task<bool> DoAsync(DrillPhaseKind kind, string subject, Func<Task<(long Files, long Bytes)>> work)
    {
        progress?.Report(kind);
        long start = time.GetTimestamp();
        (long files, long bytes) = (0, 0);
        try
        {
            (files, bytes) = await work().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is DedupException or IOException or UnauthorizedAccessException or Win32Exception or ArgumentException)
        {
            Add(kind, subject, exception.Message);
            return false;
        }
        finally
        {
            DrillPhase known = _phases.GetValueOrDefault(kind) ?? new DrillPhase(kind, TimeSpan.Zero, 0, 0);
            _phases[kind] = new DrillPhase(kind, known.Duration + time.GetElapsedTime(start), known.Files + files, known.Bytes + bytes);
        }
    }

    /// <inheritdoc cref="DoAsync(DrillPhaseKind, string, Func{Task{ValueTuple{long, long}}})"/>
    public Task<bool> DoAsync(DrillPhaseKind kind, string subject, Func<Task> work) => DoAsync(kind, subject, async () =>
    {
        await work().ConfigureAwait(false);
        return (0L, 0L);
    });

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it did; when it failed, that is a finding.</returns>
    public async Task<ToolResult> RequireAsync(DrillPhaseKind kind, string subject, ToolCall call, CancellationToken cancellationToken)
    {
        ToolResult? result = null;
        await DoAsync(kind, subject, async () => result = await Tool.RunAsync(call, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        if (result is { Succeeded: false })
        {
            Add(kind, subject, $"{Path.GetFileName(call.Program)} {result.Describe()}");
        }

        return result ?? new ToolResult(null, "", "");
    }

    /// <summary>Notes a finding.</summary>
    public void Add(DrillPhaseKind phase, string subject, string message, ProblemSeverity severity = ProblemSeverity.Error) =>
        _findings.Add(new DrillFinding(phase, subject, message, severity));

    /// <summary>What a part took until now.</summary>
    public TimeSpan DurationOf(DrillPhaseKind kind) => _phases.GetValueOrDefault(kind)?.Duration ?? TimeSpan.Zero;
}
