namespace Dedup.Policy.Documents;

/// <summary>What a source backs up, by its kind.</summary>
public abstract record SourceContent
{
    private protected SourceContent()
    {
    }

    /// <summary>The kind, as the policy's key is written: <c>paths</c>, <c>command</c>, <c>sqlite</c>, <c>postgresql</c>, <c>git</c> or <c>disk-image</c>.</summary>
    public abstract string Kind { get; }
}
