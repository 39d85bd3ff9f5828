namespace Dedup.Policy.Documents;

/// <summary>SQLite databases, each as of one moment although it is written meanwhile.</summary>
/// <param name="Files">Absolute paths of the databases.</param>
public sealed record SqliteContent(IReadOnlyList<string> Files) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "sqlite";
}
