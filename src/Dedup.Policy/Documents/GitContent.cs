namespace Dedup.Policy.Documents;

/// <summary>Git repositories with all refs and their history.</summary>
/// <param name="Repositories">Absolute paths of the repositories, bare or not.</param>
public sealed record GitContent(IReadOnlyList<string> Repositories) : SourceContent
{
    /// <inheritdoc/>
    public override string Kind => "git";
}
