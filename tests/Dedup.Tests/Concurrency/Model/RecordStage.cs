namespace Dedup.Tests.Concurrency.Model;

/// <summary>How far the records of one number below gc/ are.</summary>
internal enum RecordStage
{
    /// <summary>There is no mark of this number yet.</summary>
    Absent,

    /// <summary>There is a mark and no sweep.</summary>
    Marked,

    /// <summary>There are a mark and a sweep.</summary>
    Swept,

    /// <summary>The packs of the sweep are deleted, and a record says so; the mark is still there.</summary>
    Done,

    /// <summary>The mark is gone. The number stays taken, and so does its sweep.</summary>
    Retired,

    /// <summary>Nothing of this number is left, and its sweep can be put again; for a mutant only.</summary>
    Erased,
}
