namespace Dedup.Tests.Concurrency.Model;

/// <summary>The steps of a backup of one file, whose blob p1 and p2 hold from the start. Marks, sweeps and packs are read in requests of their own.</summary>
internal sealed class BackupModel(StateLayout layout, ProtocolRules rules, GcReader gc)
{
    private readonly BackupStep _afterRegistering = rules.GcReadBeforeRegistering ? BackupStep.ListPacks : BackupStep.ReadMarks;
    private readonly BackupStep _afterSweeps = rules.GcReadBeforeRegistering ? BackupStep.Register : BackupStep.ListPacks;

    /// <summary>What a backup does first.</summary>
    public BackupStep First =>
        rules.StaleIndex ? BackupStep.ListEarly
        : rules.NoRegistration || rules.GcReadBeforeRegistering ? BackupStep.ReadMarks
        : BackupStep.Register;

    /// <summary>Adds the step that a backup can take, if any.</summary>
    public void AddSteps(in PackedState state, int backup, List<Step> steps)
    {
        BackupFields fields = layout.Backups[backup];
        PackedState next = state;
        int noted = fields.Noted[state], present = layout.Present[state];
        switch ((BackupStep)fields.Step[state])
        {
            case BackupStep.ListEarly:
                fields.OldList.Set(ref next, present);
                Go(BackupStep.Register, StepKind.ListEarly, present);
                break;
            case BackupStep.Register:
                layout.Sessions[backup].Set(ref next, true);
                Go(_afterRegistering, StepKind.Register, 0);
                break;
            case BackupStep.ReadMarks:
                fields.Noted.Set(ref next, gc.Marks(state));
                Go(BackupStep.ReadSweeps, StepKind.ReadMarks, 0);
                break;
            case BackupStep.ReadSweeps:
                int condemned = rules.CondemnedIgnored ? 0 : gc.Condemned(state, noted, -1);
                fields.Noted.Set(ref next, condemned);
                Go(_afterSweeps, StepKind.ReadSweeps, condemned);
                break;
            case BackupStep.ListPacks:
                int usable = (rules.StaleIndex ? fields.OldList[state] : present) & ~noted;
                fields.Noted.Set(ref next, 0);
                if (rules.StaleIndex)
                {
                    fields.OldList.Set(ref next, 0);
                }

                Go(usable != 0 ? BackupStep.Commit : BackupStep.Upload, usable != 0 ? StepKind.Reuse : StepKind.DoNotReuse, usable);
                break;
            case BackupStep.Upload:
                layout.Present.Set(ref next, present | (4 << backup));
                Go(BackupStep.Commit, StepKind.Upload, 4 << backup);
                break;
            case BackupStep.Commit:
                bool free = layout.Slots[backup][state] == (int)Slot.Undecided || rules.BlindCommit;
                if (free)
                {
                    layout.Slots[backup].Set(ref next, (int)Slot.Committed);
                }

                Go(BackupStep.Finished, free ? StepKind.Commit : StepKind.FindAbort, 0);
                break;
        }

        void Go(BackupStep step, StepKind kind, int detail)
        {
            fields.Step.Set(ref next, (int)step);
            steps.Add(new Step(next, kind, backup, detail));
        }
    }
}
