namespace Dedup.Tagging;

/// <summary>How the tags of a snapshot are to be changed: first they are replaced, then some are added, then some removed.</summary>
public sealed record TagEdit
{
    /// <summary>What they are replaced with; <see langword="null"/> for what they are.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>What is added.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>What is removed.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>The tags after the change, each once, in the order in which they were and are given.</summary>
    public IReadOnlyList<string> Apply(IReadOnlyList<string> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return [.. (Set ?? tags).Concat(Add).Distinct().Where(tag => !Remove.Contains(tag))];
    }
}
