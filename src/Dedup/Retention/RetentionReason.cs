namespace Dedup.Retention;

/// <summary>Why a snapshot is kept: the rule, and where the snapshot stands in it.</summary>
public sealed record RetentionReason
{
    /// <summary>The kind of rule.</summary>
    public required RetentionRule Rule { get; init; }

    /// <summary>
    /// What the snapshot stands for, by the clock where it was made: <c>2026-10-25 02h +02:00</c>, <c>2026-03-29</c>, <c>2026-W53</c>,
    /// <c>2026-03</c> or <c>2026</c>. Empty for rules without a calendar.
    /// </summary>
    public string Bucket { get; init; } = "";

    /// <summary>Which one this is that the rule keeps in its group, counted from the newest, which is 1; 0 for tags and times in the future.</summary>
    public int Number { get; init; }

    /// <summary>How many the rule keeps; <see langword="null"/> where it has no bound.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether it is kept only as the group's oldest: its bucket has a newer one, but the rule found fewer than it asks for.</summary>
    public bool IsOldest { get; init; }

    /// <summary>The period of a rule that looks back.</summary>
    public RetentionPeriod? Period { get; init; }

    /// <summary>The tags of <see cref="RetentionRule.Tags"/>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>As restic says it: <c>daily snapshot</c>, <c>oldest daily snapshot</c>, <c>within 1y</c>, <c>daily within 1y</c>, <c>has tags [a, b]</c>.</summary>
    public override string ToString() => Rule switch
    {
        RetentionRule.FutureTime => "time in the future",
        RetentionRule.Tags => $"has tags [{string.Join(", ", Tags)}]",
        RetentionRule.Within => $"within {Period}",
        _ => $"{(IsOldest ? "oldest " : "")}{RetentionBucket.NameOf(Rule)} {(Period is null ? "snapshot" : $"within {Period}")}",
    };
}
