namespace Dedup.Policy.Documents;

/// <summary>A Git repository with all refs and their history.</summary>
/// <param name="Repository">The absolute path of the repository, bare or not.</param>
public sealed record GitContent(string Repository) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "git";
}
