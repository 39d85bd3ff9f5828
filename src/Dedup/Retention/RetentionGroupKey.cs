namespace Dedup.Retention;

/// <summary>What the snapshots of a group share; <see langword="null"/> where the grouping does not look.</summary>
public sealed class RetentionGroupKey : IEquatable<RetentionGroupKey>
{
    internal RetentionGroupKey(string? host, IEnumerable<string>? paths, IEnumerable<string>? tags)
    {
        Host = host;
        Paths = paths is null ? null : [.. paths.Order(StringComparer.Ordinal)];
        Tags = tags is null ? null : [.. tags.Order(StringComparer.Ordinal)];
    }

    /// <summary>The machine.</summary>
    public string? Host { get; }

    /// <summary>What was backed up, in ordinal order.</summary>
    public IReadOnlyList<string>? Paths { get; }

    /// <summary>The tags, in ordinal order.</summary>
    public IReadOnlyList<string>? Tags { get; }

    /// <inheritdoc/>
    public bool Equals(RetentionGroupKey? other) => other is not null && Compare(this, other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RetentionGroupKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Host);
        foreach (string word in (Paths ?? []).Concat(Tags ?? []))
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    /// <summary>Such as <c>host mopped, paths [/etc, /home]</c>; empty where all snapshots are one group.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Host is null ? "" : $"host {Host}",
        Paths is null ? "" : $"paths [{string.Join(", ", Paths)}]",
        Tags is null ? "" : $"tags [{string.Join(", ", Tags)}]",
    }.Where(static part => part.Length > 0));

    /// <summary>An order of groups that hangs on nothing but what they share: host, then paths, then tags.</summary>
    internal static int Compare(RetentionGroupKey left, RetentionGroupKey right)
    {
        int order = string.CompareOrdinal(left.Host, right.Host);
        order = order != 0 ? order : Compare(left.Paths, right.Paths);
        return order != 0 ? order : Compare(left.Tags, right.Tags);
    }

    private static int Compare(IReadOnlyList<string>? left, IReadOnlyList<string>? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        int order = left.Zip(right, string.CompareOrdinal).FirstOrDefault(static words => words != 0);
        return order != 0 ? order : left.Count.CompareTo(right.Count);
    }
}
