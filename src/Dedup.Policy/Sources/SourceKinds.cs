using Dedup.Backup;
using Dedup.Snapshots;
using Dedup.Sources;

namespace Dedup.Policy.Sources;

/// <summary>How a snapshot says what it was made of: by a tag, such as <c>kind:sqlite</c>, which lists show.</summary>
public static class SourceKinds
{
    private static readonly (SourceKind Kind, string Tag)[] Tags =
    [
        (SourceKind.Sqlite, "kind:sqlite"),
        (SourceKind.PostgreSqlDump, "kind:postgresql"),
        (SourceKind.PostgreSqlCluster, "kind:postgresql-cluster"),
        (SourceKind.Git, "kind:git"),
    ];

    /// <summary>The tag of a kind; <see langword="null"/> for files, which have none.</summary>
    public static string? TagOf(SourceKind kind) => Tags.FirstOrDefault(entry => entry.Kind == kind).Tag;

    /// <summary>What a snapshot was made of, by its tags.</summary>
    public static SourceKind Of(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Tags.FirstOrDefault(entry => snapshot.Tags.Contains(entry.Tag)).Kind;
    }

    /// <summary>The options of a backup of a source, with the tag of its kind.</summary>
    public static BackupOptions Mark(BackupOptions options, IBackupSource source)
    {
        ArgumentNullException.ThrowIfNull(options);
        return source is IApplicationSource { Kind: SourceKind kind } && TagOf(kind) is { } tag && !options.Tags.Contains(tag)
            ? options with { Tags = [.. options.Tags, tag] }
            : options;
    }
}
