using System.Numerics;

namespace Dedup.Tests.Concurrency.Model;

/// <summary>Steps in words.</summary>
internal sealed class StepText(int backups)
{
    /// <summary>A step, such as "G1: marks p1, p2".</summary>
    public string Describe(Step step)
    {
        string backup = $"B{step.Actor}", prune = $"G{step.Actor}", packs = Packs(step.Detail);
        return step.Kind switch
        {
            StepKind.Forget => "the first snapshot is forgotten",
            StepKind.ForgetOwn => $"the snapshot of {backup} is forgotten",
            StepKind.DeleteSession => $"the session of {backup} is deleted, its slot being decided",
            StepKind.ListEarly => $"{backup}: LISTs packs: {packs}",
            StepKind.Register => $"{backup}: registers",
            StepKind.ReadMarks => $"{backup}: reads the marks",
            StepKind.ReadSweeps => $"{backup}: reads the sweeps; condemned: {packs}",
            StepKind.Reuse => $"{backup}: LISTs packs, reuses {packs}",
            StepKind.DoNotReuse => $"{backup}: LISTs packs, finds nothing to reuse",
            StepKind.Upload => $"{backup}: stores {packs}",
            StepKind.Commit => $"{backup}: commits",
            StepKind.FindAbort => $"{backup}: finds an abort in its slot",
            StepKind.Begin => $"{prune}: begins; the first snapshot is {(step.Detail != 0 ? "there" : "forgotten")}",
            StepKind.Adopt => $"{prune}: adopts mark {step.Detail}",
            StepKind.LookAtSnapshot => $"{prune}: LISTs snapshots as far as B{step.Detail}",
            StepKind.NoteMarks => $"{prune}: reads the marks",
            StepKind.NoteSweeps => $"{prune}: reads the sweeps; condemned: {packs}",
            StepKind.NothingToGo => $"{prune}: LISTs packs, has nothing to mark",
            StepKind.Plan => $"{prune}: LISTs packs, will mark {packs}",
            StepKind.Copy => $"{prune}: LISTs packs, copies the blob to its own pack, will mark {packs}",
            StepKind.Mark => $"{prune}: marks {packs}",
            StepKind.MarkLost => $"{prune}: finds its mark's number taken, ends",
            StepKind.LookForSession => $"{prune}: LISTs sessions as far as B{step.Detail}",
            StepKind.LookAtFirstSnapshot => $"{prune}: LISTs snapshots; the first is {(step.Detail != 0 ? "there" : "forgotten")}",
            StepKind.LookAtSlot => $"{prune}: LISTs snapshots again as far as B{step.Detail}",
            StepKind.Abort => $"{prune}: aborts B{step.Detail}",
            StepKind.AllDecided => $"{prune}: {(step.Detail != 0 ? "has found the blob live" : "has found the blob dead")}",
            StepKind.NoteMarksAgain => $"{prune}: reads the marks again",
            StepKind.NoteSweepsAgain => $"{prune}: reads the sweeps again; condemned by others: {packs}",
            StepKind.Sweep => $"{prune}: puts the sweep of {packs}",
            StepKind.SweepLost => $"{prune}: finds the sweep of {packs}",
            StepKind.SeeDone => $"{prune}: finds the sweep done",
            StepKind.SeeNotDone => $"{prune}: finds the sweep not done",
            StepKind.DeletePack => $"{prune}: deletes {packs}",
            StepKind.Retire => $"{prune}: retires record {step.Detail}",
            StepKind.Finish => $"{prune}: ends",
            StepKind.DeleteMark => $"{prune}: deletes mark {step.Detail}",
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "No such step."),
        };
    }

    private string Packs(int packs)
    {
        var names = new List<string>();
        for (int rest = packs; rest != 0; rest &= rest - 1)
        {
            int pack = BitOperations.TrailingZeroCount(rest);
            names.Add(pack < 2 ? $"p{pack + 1}" : pack < 2 + backups ? $"the pack of B{pack - 2}" : $"the copy of G{pack - 2 - backups}");
        }

        return names.Count == 0 ? "none" : string.Join(", ", names);
    }
}
