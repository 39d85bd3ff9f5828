namespace Dedup.Tests.Concurrency.Model;

/// <summary>What happened in a step, for the trace.</summary>
internal enum StepKind
{
    Forget, ForgetOwn, DeleteSession,
    ListEarly, Register, ReadMarks, ReadSweeps, Reuse, DoNotReuse, Upload, Commit, FindAbort,
    Begin, Adopt, LookAtSnapshot, NoteMarks, NoteSweeps, NothingToGo, Plan, Copy, Mark, MarkLost,
    LookForSession, LookAtFirstSnapshot, LookAtSlot, Abort, AllDecided, NoteMarksAgain, NoteSweepsAgain,
    Sweep, SweepLost, SeeDone, SeeNotDone, DeletePack, Retire, Finish, DeleteMark,
}
