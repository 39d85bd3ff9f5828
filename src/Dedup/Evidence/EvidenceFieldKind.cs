namespace Dedup.Evidence;

/// <summary>What the value of a detail is. The numbers are part of the format.</summary>
public enum EvidenceFieldKind
{
    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>A number: of things, or of bytes.</summary>
    Number = 2,

    /// <summary>A moment, in nanoseconds since 1970-01-01 UTC.</summary>
    Time = 3,

    /// <summary>A duration, in nanoseconds.</summary>
    Duration = 4,

    /// <summary>Yes, 1, or no, 0.</summary>
    Flag = 5,
}
