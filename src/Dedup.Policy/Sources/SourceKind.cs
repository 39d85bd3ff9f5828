namespace Dedup.Policy.Sources;

/// <summary>What a snapshot was made of: what a drill must do to know that it is whole.</summary>
public enum SourceKind
{
    /// <summary>Files, streams and images: anything without a form of its own.</summary>
    Files,

    /// <summary>A SQLite database.</summary>
    Sqlite,

    /// <summary>A dump of one PostgreSQL database.</summary>
    PostgreSqlDump,

    /// <summary>A base backup of a whole PostgreSQL cluster.</summary>
    PostgreSqlCluster,

    /// <summary>A Git repository.</summary>
    Git,
}
