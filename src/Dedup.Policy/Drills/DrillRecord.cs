using Dedup.Evidence;

namespace Dedup.Policy.Drills;

/// <summary>What goes on record of a drill.</summary>
public static class DrillRecord
{
    /// <summary>As many findings as a record is given; how many more there were is the last of them.</summary>
    private const int MaxProblems = 50;

    /// <summary>The entry that tells of a drill.</summary>
    /// <param name="result">What the drill proved or found.</param>
    /// <param name="source">What was restored: the source's name in the policy, or what stands for it.</param>
    public static EvidenceEntry Of(DrillResult result, string source)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(source);
        return Details(result).ToEntry(source, result.Succeeded ? EvidenceResult.Success : EvidenceResult.Failure, Environment.UserName) with { Time = result.Started + result.Duration };
    }

    private static DrillDetails Details(DrillResult result) => new()
    {
        Snapshot = result.Snapshot?.Id,
        SnapshotTime = result.Snapshot?.Time,
        Place = result.Place,
        KeySlot = result.KeySlot is { } slot ? (slot.Label.Length > 0 ? slot.Label : slot.Id) : "",
        IsSample = result.IsSample,
        Files = result.Files,
        Bytes = result.Bytes,
        TotalFiles = result.TotalFiles,
        TotalBytes = result.TotalBytes,
        Duration = result.Duration,
        RecoveryTime = result.RecoveryTime?.Whole,
        Objective = result.Objective,
        Checks = [.. result.Phases.Select(phase => Check(phase, result.Findings))],
        Problems = Problems(result),
    };

    private static DrillCheck Check(DrillPhase phase, IEnumerable<DrillFinding> findings)
    {
        DrillFinding? error = findings.FirstOrDefault(finding => finding.Phase == phase.Kind && finding.Severity == ProblemSeverity.Error);
        return new DrillCheck(phase.Kind.ToString(), error is null, error is null ? "" : $"{error.Subject}: {error.Message}");
    }

    private static List<string> Problems(DrillResult result)
    {
        List<string> problems = [.. result.Findings.Take(MaxProblems).Select(static finding => $"{finding.Subject}: {finding.Message}")];
        if (result.Findings.Count > MaxProblems)
        {
            problems.Add($"{result.Findings.Count - MaxProblems} more");
        }

        if (result.MeetsObjective == false)
        {
            problems.Add("the recovery takes longer than the objective allows");
        }

        return problems;
    }
}
