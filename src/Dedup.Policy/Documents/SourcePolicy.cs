using Dedup.Policy.Scheduling;
using Dedup.Retention;

namespace Dedup.Policy.Documents;

/// <summary>Something that is backed up: one snapshot a run.</summary>
public sealed record SourcePolicy
{
    /// <summary>What precedes the source's name in the tag that all its snapshots have.</summary>
    public const string TagPrefix = "source:";

    /// <summary>What the policy calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>What is backed up.</summary>
    public required SourceContent Content { get; init; }

    /// <summary>Further tags of its snapshots.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When; <see langword="null"/> for only when asked.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Which of its snapshots stay; <see langword="null"/> for all.</summary>
    public RetentionPolicy? Retention { get; init; }

    /// <summary>What a loss may cost.</summary>
    public Objectives Objectives { get; init; } = new(LargestLoss: null, LongestRecovery: null);

    /// <summary>How a restore is proved; <see langword="null"/> where it is not.</summary>
    public DrillPolicy? Drill { get; init; }

    /// <summary>What runs before the backup, in order.</summary>
    public IReadOnlyList<HookPolicy> Before { get; init; } = [];

    /// <summary>What runs after it, in order.</summary>
    public IReadOnlyList<HookPolicy> After { get; init; } = [];

    /// <summary>The tag by which its snapshots are known.</summary>
    public string Tag => TagPrefix + Name;
}
