namespace Dedup.Policy.Drills;

/// <summary>A part of a drill. <see cref="Open"/>, <see cref="Restore"/> and <see cref="Prepare"/> are what a recovery takes; the others are the proof.</summary>
public enum DrillPhaseKind
{
    /// <summary>The repository is opened, with nothing known of it on this machine, and the snapshot is found.</summary>
    Open,

    /// <summary>The sample is drawn.</summary>
    Choose,

    /// <summary>Files are restored.</summary>
    Restore,

    /// <summary>They are read back and compared with the snapshot.</summary>
    Verify,

    /// <summary>What was restored is made ready for use: a dump is loaded, a server started, a bundle cloned.</summary>
    Prepare,

    /// <summary>What was restored is checked by its kind's own means.</summary>
    Check,

    /// <summary>The user's commands judge it.</summary>
    Command,

    /// <summary>Everything is removed.</summary>
    CleanUp,
}
