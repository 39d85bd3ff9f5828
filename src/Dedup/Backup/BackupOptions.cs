using Dedup.Compression;

namespace Dedup.Backup;

/// <summary>How a backup is made.</summary>
public sealed record BackupOptions
{
    /// <summary>The machine's name in the snapshot.</summary>
    public string Host { get; init; } = Environment.MachineName;

    /// <summary>The user's name in the snapshot.</summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>Words by which snapshots are told apart.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What a policy calls the source, for the record of the backup; <see langword="null"/> where no policy runs it.</summary>
    public string? SourceName { get; init; }

    /// <summary>The time of the snapshot; <see langword="null"/> for the moment the backup begins.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The snapshot whose unchanged files are taken over; <see langword="null"/> for the newest of the same host and paths.</summary>
    public SnapshotId? Parent { get; init; }

    /// <summary>Whether to read every file, changed or not.</summary>
    public bool ReadAll { get; init; }

    /// <summary>How new blobs are compressed; <see langword="null"/> for the repository's own setting.</summary>
    public CompressionOptions? Compression { get; init; }

    /// <summary>Whether to do everything but store anything: what a backup would add is told exactly, but for the random padding of packs.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether to make no snapshot where its tree would be the parent's.</summary>
    public bool SkipIfUnchanged { get; init; }

    /// <summary>Whether a directory that was asked for may be empty although the parent snapshot has something in it; otherwise that is taken for a file system that is not mounted.</summary>
    public bool AllowEmptySource { get; init; }

    /// <summary>Is told of each entry once it is done, by several threads at once and in no order; <see langword="null"/> when nobody wants to know.</summary>
    public Action<BackedUpEntry>? EntryDone { get; init; }
}
