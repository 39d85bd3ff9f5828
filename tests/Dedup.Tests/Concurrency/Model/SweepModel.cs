namespace Dedup.Tests.Concurrency.Model;

/// <summary>The second half of a prune, from its mark on (G4 to G8).</summary>
internal sealed class SweepModel(StateLayout layout, ProtocolRules rules, GcReader gc)
{
    private readonly int _backups = layout.Backups.Length;

    /// <summary>Adds the step that a prune with a mark can take, if any.</summary>
    public void AddStep(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        PackedState next = state;
        int record = fields.Record[state] - 1;
        (StepKind kind, int detail) = (PruneStep)fields.Step[state] switch
        {
            PruneStep.ListSessions => ListSessions(ref next, fields),
            PruneStep.DecideSlots => DecideSlots(ref next, fields),
            PruneStep.ReadMarksAgain => ReadMarksAgain(ref next, fields),
            PruneStep.ReadSweepsAgain => ReadSweepsAgain(ref next, fields, record),
            PruneStep.PutSweep => PutSweep(ref next, fields, record),
            PruneStep.LookForDone => LookForDone(ref next, fields, record),
            PruneStep.Delete => Delete(ref next, fields, record),
            PruneStep.DeleteMark => DeleteMark(ref next, fields, record),
            _ => (default, -1),
        };
        if (detail >= 0)
        {
            steps.Add(new Step(next, kind, prune, detail));
        }
    }

    private (StepKind Kind, int Detail) ListSessions(ref PackedState next, PruneFields fields)
    {
        int cursor = fields.Cursor[next];
        if (cursor < _backups)
        {
            fields.Cursor.Set(ref next, cursor + 1);
            if (rules.SnapshotsListedBeforeSessions)
            {
                Count(ref next, fields, layout.Slots[cursor][next] == (int)Slot.Committed);
                return (StepKind.LookAtSlot, cursor);
            }

            fields.SessionsSeen.Set(ref next, fields.SessionsSeen[next] | (layout.Sessions[cursor][next] << cursor));
            return (StepKind.LookForSession, cursor);
        }

        int first = layout.FirstSnapshot[next];
        Count(ref next, fields, first != 0);
        fields.Cursor.Set(ref next, 0);
        return Go(ref next, fields, PruneStep.DecideSlots, StepKind.LookAtFirstSnapshot, first);
    }

    private (StepKind Kind, int Detail) DecideSlots(ref PackedState next, PruneFields fields)
    {
        int cursor = fields.Cursor[next];
        if (cursor == _backups)
        {
            fields.Cursor.Set(ref next, 0);
            fields.SessionsSeen.Set(ref next, 0);
            if (rules.StalePackList)
            {
                fields.OldList.Set(ref next, layout.Present[next]);
            }

            return Go(ref next, fields, PruneStep.ReadMarksAgain, StepKind.AllDecided, fields.Live[next]);
        }

        fields.Cursor.Set(ref next, cursor + 1);
        BitField slot = layout.Slots[cursor];
        bool seen = rules.SnapshotsListedBeforeSessions ? layout.Sessions[cursor][next] != 0 : (fields.SessionsSeen[next] >> cursor & 1) != 0;
        if (seen && slot[next] == (int)Slot.Undecided && !rules.NoFencing)
        {
            slot.Set(ref next, (int)Slot.Aborted);
            return (StepKind.Abort, cursor);
        }

        if (rules.SnapshotsListedBeforeSessions)
        {
            return (StepKind.LookForSession, cursor);
        }

        Count(ref next, fields, slot[next] == (int)Slot.Committed);
        return (StepKind.LookAtSlot, cursor);
    }

    private (StepKind Kind, int Detail) ReadMarksAgain(ref PackedState next, PruneFields fields)
    {
        fields.Noted.Set(ref next, gc.Marks(next));
        return Go(ref next, fields, PruneStep.ReadSweepsAgain, StepKind.NoteMarksAgain, 0);
    }

    private (StepKind Kind, int Detail) ReadSweepsAgain(ref PackedState next, PruneFields fields, int record)
    {
        int condemned = rules.OtherMarksIgnored ? 0 : gc.Condemned(next, fields.Noted[next], record);
        fields.Noted.Set(ref next, condemned);
        return Go(ref next, fields, PruneStep.PutSweep, StepKind.NoteSweepsAgain, condemned);
    }

    private (StepKind Kind, int Detail) PutSweep(ref PackedState next, PruneFields fields, int record)
    {
        RecordFields own = layout.Records[record];
        RecordStage stage = gc.Stage(next, record);
        bool wins = stage is RecordStage.Marked or RecordStage.Erased || (rules.SweepOverwritten && stage == RecordStage.Swept);
        if (wins)
        {
            int present = rules.StalePackList ? fields.OldList[next] : layout.Present[next];
            int marked = rules.SweepsDeleted ? fields.OwnMark[next] : own.Mark[next];
            int goes = marked & present;
            bool keepOne = fields.Live[next] != 0 && (present & ~marked & ~fields.Noted[next]) == 0;
            own.Sweep.Set(ref next, keepOne && goes != 0 ? goes & (goes - 1) : goes);
            own.Stage.Set(ref next, (int)RecordStage.Swept);
        }

        int sweep = own.Sweep[next];
        fields.Live.Set(ref next, false);
        fields.Noted.Set(ref next, sweep);
        if (rules.StalePackList)
        {
            fields.OldList.Set(ref next, 0);
        }

        return Go(ref next, fields, rules.SweepsKept ? PruneStep.LookForDone : PruneStep.Delete, wins ? StepKind.Sweep : StepKind.SweepLost, sweep);
    }

    private (StepKind Kind, int Detail) LookForDone(ref PackedState next, PruneFields fields, int record)
    {
        bool done = gc.Stage(next, record) >= RecordStage.Done;
        if (done)
        {
            fields.Noted.Set(ref next, 0);
        }

        return Go(ref next, fields, done ? PruneStep.DeleteMark : PruneStep.Delete, done ? StepKind.SeeDone : StepKind.SeeNotDone, 0);
    }

    private (StepKind Kind, int Detail) Delete(ref PackedState next, PruneFields fields, int record)
    {
        RecordFields own = layout.Records[record];
        if (rules.RetiredBeforeDeletion && gc.Stage(next, record) != RecordStage.Retired)
        {
            Retire(ref next, own, RecordStage.Retired);
            return (StepKind.Retire, record);
        }

        int present = layout.Present[next], sweep = fields.Noted[next], goes = sweep & present;
        if (goes != 0)
        {
            int pack = goes & -goes;
            fields.Noted.Set(ref next, sweep & ~pack);
            layout.Present.Set(ref next, present & ~pack);
            return (StepKind.DeletePack, pack);
        }

        fields.Noted.Set(ref next, 0);
        if (rules.SweepsKept)
        {
            own.Stage.Set(ref next, Math.Max(own.Stage[next], (int)RecordStage.Done));
            return Go(ref next, fields, PruneStep.DeleteMark, StepKind.Retire, record);
        }

        Retire(ref next, own, rules.SweepsDeleted ? RecordStage.Erased : RecordStage.Retired);
        return Finish(ref next, fields, StepKind.Retire, record);
    }

    private (StepKind Kind, int Detail) DeleteMark(ref PackedState next, PruneFields fields, int record)
    {
        layout.Records[record].Mark.Set(ref next, 0);
        layout.Records[record].Stage.Set(ref next, (int)RecordStage.Retired);
        return Finish(ref next, fields, StepKind.DeleteMark, record);
    }

    private static void Retire(ref PackedState next, RecordFields record, RecordStage stage)
    {
        record.Mark.Set(ref next, 0);
        record.Sweep.Set(ref next, 0);
        record.Stage.Set(ref next, (int)stage);
    }

    private void Count(ref PackedState next, PruneFields fields, bool live)
    {
        if (live && !rules.NoSecondSnapshotList)
        {
            fields.Live.Set(ref next, true);
        }
    }

    private (StepKind Kind, int Detail) Finish(ref PackedState next, PruneFields fields, StepKind kind, int detail)
    {
        fields.Record.Set(ref next, 0);
        if (rules.SweepsDeleted)
        {
            fields.OwnMark.Set(ref next, 0);
        }

        return Go(ref next, fields, PruneStep.Finished, kind, detail);
    }

    private static (StepKind Kind, int Detail) Go(ref PackedState next, PruneFields fields, PruneStep step, StepKind kind, int detail)
    {
        fields.Step.Set(ref next, (int)step);
        return (kind, detail);
    }
}
