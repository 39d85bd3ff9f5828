using Dedup.Evidence;

namespace Dedup.Recording;

/// <summary>Something that is being done and is to be recorded.</summary>
internal sealed class EvidenceDeed(EvidenceRecord draft)
{
    /// <summary>What is known of it so far. Its result is <see cref="EvidenceResult.Interrupted"/> until it has ended.</summary>
    public EvidenceRecord Draft { get; set; } = draft;

    /// <summary>Whether whoever did it says when; otherwise the time is that of its end.</summary>
    public bool HasOwnTime { get; init; }

    /// <summary>Whether this machine remembers it, so that the next program finds it should this one end in the middle.</summary>
    public bool IsKept { get; set; }

    /// <summary>The 16 bytes by which it is remembered.</summary>
    public byte[] Operation { get; } = Convert.FromHexString(draft.Operation);
}
