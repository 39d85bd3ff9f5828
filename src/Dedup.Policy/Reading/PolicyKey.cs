namespace Dedup.Policy.Reading;

/// <summary>A key that a section may have. The reader, the JSON Schema and docs/policy.md come from these.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kind">What stands behind it.</param>
/// <param name="Description">What it says, in a sentence.</param>
internal sealed record PolicyKey(string Name, ValueKind Kind, string Description)
{
    /// <summary>What holds where it is left out, for people; <see langword="null"/> where it must be given.</summary>
    public string? Default { get; init; }

    public bool IsRequired => Default is null;

    /// <summary>Whether a list of such values stands behind it; one value alone is a list of one.</summary>
    public bool IsList { get; init; }

    /// <summary>A value as people write it.</summary>
    public required string Example { get; init; }

    /// <summary>The words of a <see cref="ValueKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The keys behind it, for sections.</summary>
    public PolicySection? Section { get; init; }
}
