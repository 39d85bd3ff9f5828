namespace Dedup.Tests.Concurrency.Model;

/// <summary>
/// Up to three backups and three prunes of a repository whose first snapshot and packs p1 and p2 hold one blob. Every request to the store is a
/// step of its own, and a client may stop for ever after any of them.
/// </summary>
internal sealed class ProtocolModel
{
    private readonly ProtocolRules _rules;
    private readonly StateLayout _layout;
    private readonly BackupModel _backup;
    private readonly PruneModel _prune;
    private readonly SweepModel _sweep;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">A state of so many does not fit.</exception>
    public ProtocolModel(int backups, int prunes, ProtocolRules rules)
    {
        _rules = rules;
        _layout = new StateLayout(backups, prunes, rules);
        var gc = new GcReader(_layout, 2 + backups + prunes);
        _backup = new BackupModel(_layout, rules, gc);
        _prune = new PruneModel(_layout, rules, gc);
        _sweep = new SweepModel(_layout, rules, gc);
        Text = new StepText(backups);
    }

    /// <summary>Puts steps into words.</summary>
    public StepText Text { get; }

    /// <summary>The state that everything starts from.</summary>
    public PackedState Start()
    {
        var state = default(PackedState);
        _layout.Present.Set(ref state, 0b11);
        _layout.FirstSnapshot.Set(ref state, true);
        foreach (BackupFields backup in _layout.Backups)
        {
            backup.Step.Set(ref state, (int)_backup.First);
        }

        return state;
    }

    /// <summary>Whether a snapshot needs the blob and no pack holds it.</summary>
    public bool LosesData(in PackedState state) => _layout.Present[state] == 0 && _layout.IsNeeded(state);

    /// <summary>Adds every step that can be taken.</summary>
    public void AddSteps(in PackedState state, List<Step> steps)
    {
        Forget(state, steps);
        for (int backup = 0; backup < _layout.Backups.Length; backup++)
        {
            _backup.AddSteps(state, backup, steps);
        }

        for (int prune = 0; prune < _layout.Prunes.Length; prune++)
        {
            if (!_prune.AddSteps(state, prune, steps))
            {
                _sweep.AddStep(state, prune, steps);
            }
        }
    }

    private void Forget(in PackedState state, List<Step> steps)
    {
        if (_layout.FirstSnapshot[state] != 0)
        {
            PackedState next = state;
            _layout.FirstSnapshot.Set(ref next, false);
            steps.Add(new Step(next, StepKind.Forget, 0, 0));
        }

        for (int backup = 0; backup < _layout.Slots.Length; backup++)
        {
            var slot = (Slot)_layout.Slots[backup][state];
            if (slot == Slot.Committed)
            {
                PackedState next = state;
                _layout.Slots[backup].Set(ref next, (int)Slot.Forgotten);
                steps.Add(new Step(next, StepKind.ForgetOwn, backup, 0));
            }

            if (_rules.SessionsDeleted && slot != Slot.Undecided && _layout.Sessions[backup][state] != 0)
            {
                PackedState next = state;
                _layout.Sessions[backup].Set(ref next, false);
                steps.Add(new Step(next, StepKind.DeleteSession, backup, 0));
            }
        }
    }
}
