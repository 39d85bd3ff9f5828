namespace Dedup.Policy.Documents;

/// <summary>A PostgreSQL server, or databases of it.</summary>
public sealed record PostgreSqlContent : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "postgresql";

    /// <summary>How it is read.</summary>
    public PostgreSqlMethod Method { get; init; }

    /// <summary>The databases that are dumped; none for all. A base backup has all.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>The server's name, or the folder of its socket; <see langword="null"/> for what its tools take by themselves.</summary>
    public string? Server { get; init; }

    /// <summary>The server's port; <see langword="null"/> for what its tools take by themselves.</summary>
    public int? Port { get; init; }

    /// <summary>Who asks; <see langword="null"/> for what its tools take by themselves.</summary>
    public string? User { get; init; }

    /// <summary>Its password; <see langword="null"/> where none is needed.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>The folder of pg_dump and the other tools; <see langword="null"/> to search the path.</summary>
    public string? ToolDirectory { get; init; }
}
