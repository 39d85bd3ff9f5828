namespace Dedup.Evidence;

/// <summary>What is to be recorded. The engine adds where it comes from, the time, and its place in the chain.</summary>
public sealed record EvidenceEntry
{
    /// <summary>What was done.</summary>
    public required EvidenceAction Action { get; init; }

    /// <summary>What it was done to, up to 4096 bytes of UTF-8; what that is depends on the action.</summary>
    public string Object { get; init; } = "";

    /// <summary>How it ended.</summary>
    public EvidenceResult Result { get; init; } = EvidenceResult.Success;

    /// <summary>Who did it: a user's name.</summary>
    public string Actor { get; init; } = Environment.UserName;

    /// <summary>When it ended; <see langword="null"/> for now.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The rest.</summary>
    public EvidenceDetails Details { get; init; } = EvidenceDetails.None;
}
