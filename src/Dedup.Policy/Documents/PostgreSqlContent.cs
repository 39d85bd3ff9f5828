namespace Dedup.Policy.Documents;

/// <summary>A database of a PostgreSQL server, or the whole server.</summary>
public sealed record PostgreSqlContent : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "postgresql";

    /// <summary>How it is read.</summary>
    public PostgreSqlMethod Method { get; init; }

    /// <summary>The database that is dumped; <see langword="null"/> for a base backup, which has all.</summary>
    public string? Database { get; init; }

    /// <summary>The server's name, or the folder of its socket; <see langword="null"/> for what its tools take by themselves.</summary>
    public string? Server { get; init; }

    /// <summary>The server's port; <see langword="null"/> for what its tools take by themselves.</summary>
    public int? Port { get; init; }

    /// <summary>Who asks; <see langword="null"/> for what its tools take by themselves.</summary>
    public string? User { get; init; }

    /// <summary>A file of passwords as PostgreSQL has them; <see langword="null"/> for what the environment says.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The folder of pg_dump and the other tools; <see langword="null"/> to search the path.</summary>
    public string? ToolDirectory { get; init; }
}
