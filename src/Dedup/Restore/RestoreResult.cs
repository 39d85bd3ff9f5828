namespace Dedup.Restore;

/// <summary>What a restore did, or in a dry run would do.</summary>
public sealed record RestoreResult
{
    /// <summary>How many entries the snapshot, or the part of it, has.</summary>
    public long TotalEntries { get; init; }

    /// <summary>How many bytes its files have.</summary>
    public long TotalBytes { get; init; }

    /// <summary>Files, directories and other entries that were made or updated.</summary>
    public long Entries { get; init; }

    /// <summary>Entries that were there already, or stayed because <see cref="RestoreOptions.Overwrite"/> says so.</summary>
    public long EntriesSkipped { get; init; }

    /// <summary>Entries that were removed.</summary>
    public long EntriesDeleted { get; init; }

    /// <summary>Bytes of file content that were written or left as holes, by whole chunks.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of file content that were there already, or stayed.</summary>
    public long BytesSkipped { get; init; }

    /// <summary>Bytes that were really written: of chunks that differ only the pages that do, and no holes.</summary>
    public long BytesWritten { get; init; }

    /// <summary>Files that were read back and are as they should be; 0 unless that was asked for.</summary>
    public long FilesVerified { get; init; }

    /// <summary>How many errors there are among <see cref="Problems"/>.</summary>
    public long Errors => Problems.LongCount(problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>What could not be restored, or not wholly.</summary>
    public required IReadOnlyList<RestoreProblem> Problems { get; init; }

    /// <summary>Whether all content is there; metadata that this user may not set does not count.</summary>
    public bool IsComplete => Errors == 0;
}
