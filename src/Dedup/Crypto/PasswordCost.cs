namespace Dedup.Crypto;

/// <summary>What one guess of a password costs: the parameters of Argon2id with one lane.</summary>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="MemoryBytes">Memory in bytes, a multiple of 1 KiB.</param>
internal readonly record struct PasswordCost(uint Passes, ulong MemoryBytes)
{
    /// <summary>What a reader accepts: less is too easy to guess, more is an attack on the reader's memory and time.</summary>
    public const uint MinPasses = 3, MaxPasses = 20;

    /// <inheritdoc cref="MinPasses"/>
    public const ulong MinMemory = 64UL << 20, MaxMemory = 4UL << 30;

    /// <summary>About a third of a second on one core of 2025. Many passes over little memory: a guess costs as much as with 3 passes
    /// over 128 MiB, and opening a repository fits a small machine (docs/decisions/password-cost.md).</summary>
    public static PasswordCost Default => new(10, 64UL << 20);

    public bool IsAcceptable => Passes is >= MinPasses and <= MaxPasses && MemoryBytes is >= MinMemory and <= MaxMemory && MemoryBytes % 1024 == 0;
}
