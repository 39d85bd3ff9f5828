namespace Dedup.Policy.Sources;

/// <summary>A PostgreSQL database, or a whole cluster, to back up.</summary>
public sealed record PostgreSqlSourceOptions
{
    /// <summary>
    /// The name of a database, or a connection string (<c>host=db1 dbname=shop user=backup</c>) or address (<c>postgresql://backup@db1/shop</c>), without a
    /// password: that comes from <see cref="PasswordFile"/> or the environment (<c>PGPASSFILE</c>, <c>PGPASSWORD</c>, <c>~/.pgpass</c>).
    /// </summary>
    public required string Connection { get; init; }

    /// <summary>Whether to take the files of the whole cluster (<c>pg_basebackup</c>) rather than dump one database (<c>pg_dump</c>).</summary>
    public bool IsWholeCluster { get; init; }

    /// <summary>Whether a dump comes with the cluster's roles (<c>pg_dumpall --globals-only</c>), without their passwords.</summary>
    public bool IncludesRoles { get; init; } = true;

    /// <summary>A file of passwords as PostgreSQL has them, mode 0600; <see langword="null"/> for what the environment says.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The folder of PostgreSQL's programs; <see langword="null"/> to look for them in <c>PATH</c>.</summary>
    public string? Programs { get; init; }

    /// <summary>The folder in the snapshot; <see langword="null"/> for <c>/postgresql/</c> and the database's name.</summary>
    public string? SnapshotFolder { get; init; }
}
