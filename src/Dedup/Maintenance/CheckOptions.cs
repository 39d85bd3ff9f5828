namespace Dedup.Maintenance;

/// <summary>How much of a repository a check reads. Without more it looks at the structure: that objects are there, their lengths, headers and
/// footers against the index, and every tree and list of every snapshot.</summary>
public sealed record CheckOptions
{
    /// <summary>The structure only.</summary>
    public static CheckOptions Structure { get; } = new();

    /// <summary>The structure, and every byte of every pack.</summary>
    public static CheckOptions Everything { get; } = new() { ReadData = true };

    /// <summary>Whether packs are read whole too: their hash, every seal, every blob's id. Which packs, the other properties say.</summary>
    public bool ReadData { get; init; }

    /// <summary>Which of the packs are read, or how many of them; <see langword="null"/> for all.</summary>
    public PackSubset? Subset { get; init; }

    /// <summary>
    /// Only packs that this machine has not read and found whole within this time are read, those first that were not for longest; packs
    /// found damaged come before all. <see langword="null"/> for whatever age.
    /// </summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Which packs a share or size picks where <see cref="OlderThan"/> gives no order: the same seed picks the same of the same packs.</summary>
    public int Seed { get; init; }
}
