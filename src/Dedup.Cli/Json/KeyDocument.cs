namespace Dedup.Cli.Json;

/// <summary>A key slot; what a guess of its password costs; and, where it was just made for one, its recovery code.</summary>
/// <param name="Current">Whether it opened the repository now.</param>
/// <param name="Id">The whole id.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Created">When it was made.</param>
/// <param name="HashPasses">How many passes of Argon2id a guess costs.</param>
/// <param name="HashMemory">Over how many bytes of memory.</param>
/// <param name="RecoveryCode">The recovery code that was made; shown once.</param>
internal sealed record KeyDocument(bool Current, string Id, string Label, DateTimeOffset Created, int HashPasses, long HashMemory, string? RecoveryCode)
{
    public static KeyDocument From(KeySlotInfo key) => new(key.IsCurrent, key.Id, key.Label, key.Created, key.HashPasses, key.HashMemory, RecoveryCode: null);
}
