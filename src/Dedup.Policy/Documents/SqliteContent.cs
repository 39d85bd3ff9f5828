namespace Dedup.Policy.Documents;

/// <summary>A SQLite database as of one moment, although it is written meanwhile.</summary>
/// <param name="File">The absolute path of the database.</param>
public sealed record SqliteContent(string File) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "sqlite";
}
