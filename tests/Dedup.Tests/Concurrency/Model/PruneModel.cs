namespace Dedup.Tests.Concurrency.Model;

/// <summary>The first half of a prune, up to its mark (G1 to G3).</summary>
internal sealed class PruneModel(StateLayout layout, ProtocolRules rules, GcReader gc)
{
    private readonly int _backups = layout.Backups.Length;

    /// <summary>Adds the steps that a prune can take before it has a mark.</summary>
    /// <returns>Whether it is still that far.</returns>
    public bool AddSteps(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        switch ((PruneStep)fields.Step[state])
        {
            case PruneStep.Start:
                Begin(state, prune, steps);
                Adopt(state, prune, steps);
                return true;
            case PruneStep.FindLive:
                FindLive(state, prune, steps);
                return true;
            case PruneStep.ReadSweeps:
                PackedState next = state;
                int condemned = gc.Condemned(state, fields.Noted[state], -1);
                fields.Noted.Set(ref next, condemned);
                fields.Step.Set(ref next, (int)PruneStep.Plan);
                steps.Add(new Step(next, StepKind.NoteSweeps, prune, condemned));
                return true;
            case PruneStep.Plan:
                Plan(state, prune, steps);
                return true;
            case PruneStep.PutMark:
                PutMark(state, prune, steps);
                return true;
            default:
                return false;
        }
    }

    private void Begin(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        PackedState next = state;
        int live = layout.FirstSnapshot[state];
        fields.Live.Set(ref next, live);
        fields.Step.Set(ref next, (int)PruneStep.FindLive);
        steps.Add(new Step(next, StepKind.Begin, prune, live));
    }

    private void Adopt(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        for (int record = 0; record < gc.Count(state); record++)
        {
            RecordStage stage = gc.Stage(state, record);
            if (stage == RecordStage.Marked || (rules.SweepsKept && stage < RecordStage.Retired))
            {
                PackedState next = state;
                TakeMark(ref next, fields, record);
                if (rules.NoSecondSnapshotList)
                {
                    fields.Live.Set(ref next, layout.IsNeeded(state));
                }

                steps.Add(new Step(next, StepKind.Adopt, prune, record));
            }
        }
    }

    private void FindLive(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        PackedState next = state;
        int cursor = fields.Cursor[state];
        if (cursor < _backups)
        {
            fields.Live.Set(ref next, fields.Live[state] != 0 || layout.Slots[cursor][state] == (int)Slot.Committed);
            fields.Cursor.Set(ref next, cursor + 1);
            steps.Add(new Step(next, StepKind.LookAtSnapshot, prune, cursor));
            return;
        }

        if (rules.StalePackList)
        {
            fields.OldList.Set(ref next, layout.Present[state]);
        }

        fields.Cursor.Set(ref next, gc.Count(state));
        fields.Noted.Set(ref next, gc.Marks(state));
        fields.Step.Set(ref next, (int)PruneStep.ReadSweeps);
        steps.Add(new Step(next, StepKind.NoteMarks, prune, 0));
    }

    private void Plan(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        int present = layout.Present[state];
        int usable = (rules.StalePackList ? fields.OldList[state] : present) & ~fields.Noted[state];
        bool live = fields.Live[state] != 0;
        PackedState next = state;
        fields.Noted.Set(ref next, 0);
        fields.Live.Set(ref next, live && rules.NoSecondSnapshotList);
        if (rules.StalePackList)
        {
            fields.OldList.Set(ref next, 0);
        }

        // Of what is live, one copy stays: one that is there, or a new one.
        int toGo = live ? usable & (usable - (usable == 0 ? 0 : 1)) : usable;
        PackedState planned = next;
        if (toGo == 0)
        {
            Finish(ref planned, fields);
        }
        else
        {
            WillMark(ref planned, fields, toGo);
        }

        steps.Add(new Step(planned, toGo == 0 ? StepKind.NothingToGo : StepKind.Plan, prune, toGo));
        if (live && usable != 0)
        {
            WillMark(ref next, fields, usable);
            layout.Present.Set(ref next, present | (1 << (2 + _backups + prune)));
            steps.Add(new Step(next, StepKind.Copy, prune, usable));
        }
    }

    private void PutMark(in PackedState state, int prune, List<Step> steps)
    {
        PruneFields fields = layout.Prunes[prune];
        int record = fields.Cursor[state], toGo = fields.Noted[state];
        PackedState next = state;
        fields.Noted.Set(ref next, 0);
        fields.Cursor.Set(ref next, 0);
        bool won = gc.Count(state) == record;
        if (won)
        {
            layout.Records[record].Stage.Set(ref next, (int)RecordStage.Marked);
            layout.Records[record].Mark.Set(ref next, toGo);
            TakeMark(ref next, fields, record);
        }
        else
        {
            Finish(ref next, fields);
        }

        steps.Add(new Step(next, won ? StepKind.Mark : StepKind.MarkLost, prune, toGo));
    }

    private void TakeMark(ref PackedState next, PruneFields fields, int record)
    {
        fields.Record.Set(ref next, record + 1);
        fields.Step.Set(ref next, (int)PruneStep.ListSessions);
        if (rules.SweepsDeleted)
        {
            fields.OwnMark.Set(ref next, layout.Records[record].Mark[next]);
        }
    }

    private static void WillMark(ref PackedState next, PruneFields fields, int toGo)
    {
        fields.Noted.Set(ref next, toGo);
        fields.Step.Set(ref next, (int)PruneStep.PutMark);
    }

    private static void Finish(ref PackedState next, PruneFields fields)
    {
        fields.Live.Set(ref next, false);
        fields.Cursor.Set(ref next, 0);
        fields.Step.Set(ref next, (int)PruneStep.Finished);
    }
}
