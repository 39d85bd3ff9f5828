using System.Diagnostics.CodeAnalysis;
using Dedup.Snapshots;

namespace Dedup.Retention;

/// <summary>What snapshots must share to be in one group. A policy looks at each group by itself, so that one machine's backups never push out another's.</summary>
public sealed record RetentionGrouping
{
    /// <summary>By host and paths, as restic does when nothing else is said.</summary>
    public static RetentionGrouping Default { get; } = new() { Host = true, Paths = true };

    /// <summary>All snapshots are one group.</summary>
    public static RetentionGrouping None { get; } = new();

    /// <summary>Snapshots of a group have the same host.</summary>
    public bool Host { get; init; }

    /// <summary>Snapshots of a group have the same paths, in any order.</summary>
    public bool Paths { get; init; }

    /// <summary>Snapshots of a group have the same tags, in any order.</summary>
    public bool Tags { get; init; }

    /// <summary>Whether all snapshots are one group.</summary>
    public bool IsNone => this == None;

    /// <summary>Reads restic's words, parted by commas: host, paths, tags (hosts, path and tag too). No word at all is <see cref="None"/>.</summary>
    /// <returns>Whether all words are known.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RetentionGrouping? grouping)
    {
        grouping = null;
        RetentionGrouping read = None;
        foreach (string word in text?.Split(',') ?? [])
        {
            switch (word)
            {
                case "host" or "hosts":
                    read = read with { Host = true };
                    break;
                case "path" or "paths":
                    read = read with { Paths = true };
                    break;
                case "tag" or "tags":
                    read = read with { Tags = true };
                    break;
                case "":
                    break;
                default:
                    return false;
            }
        }

        grouping = read;
        return text is not null;
    }

    /// <summary>The text that <see cref="TryParse"/> reads back, such as <c>host,paths</c>; empty for <see cref="None"/>.</summary>
    public override string ToString() =>
        string.Join(',', new[] { Host ? "host" : "", Paths ? "paths" : "", Tags ? "tags" : "" }.Where(static word => word.Length > 0));

    /// <summary>The group that a snapshot belongs to.</summary>
    public RetentionGroupKey KeyOf(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new RetentionGroupKey(Host ? snapshot.Host : null, Paths ? snapshot.Paths : null, Tags ? snapshot.Tags : null);
    }
}
