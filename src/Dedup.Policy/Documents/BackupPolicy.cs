using System.Net;

namespace Dedup.Policy.Documents;

/// <summary>A backup policy: what is backed up where and when, how long it is kept, and how a restore is proved. docs/policy.md describes the file.</summary>
public sealed record BackupPolicy
{
    /// <summary>What the policy is called, in reports.</summary>
    public required string Title { get; init; }

    /// <summary>The SHA-256 of the file's bytes, in lower-case hexadecimal: which policy was in force.</summary>
    public required string Digest { get; init; }

    /// <summary>The file's text, which holds no secrets.</summary>
    public required string Document { get; init; }

    /// <summary>The machine's name in snapshots.</summary>
    public required string Host { get; init; }

    /// <summary>The zone of schedules that name none.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The folder in which the runner keeps what it must remember; <see langword="null"/> for the user's own.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Where an agent tells monitoring how all stands, on this machine only; <see langword="null"/> for nowhere.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The repositories, in the order of the file; their names differ.</summary>
    public required IReadOnlyList<RepositoryPolicy> Repositories { get; init; }

    /// <summary>The sources, in the order of the file; their names differ.</summary>
    public required IReadOnlyList<SourcePolicy> Sources { get; init; }

    /// <summary>Who is told of what.</summary>
    public IReadOnlyList<NotificationPolicy> Notifications { get; init; } = [];

    /// <summary>The repository that a source is stored in.</summary>
    public RepositoryPolicy RepositoryOf(SourcePolicy source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Repositories.First(repository => repository.Name == source.Repository);
    }
}
