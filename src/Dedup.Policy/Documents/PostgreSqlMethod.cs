namespace Dedup.Policy.Documents;

/// <summary>How a PostgreSQL server is read.</summary>
public enum PostgreSqlMethod
{
    /// <summary>By pg_dump: one database as of one moment.</summary>
    Dump,

    /// <summary>By pg_basebackup: the whole server as of one moment.</summary>
    BaseBackup,
}
