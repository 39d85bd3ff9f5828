namespace Dedup.Cli.Json;

/// <summary>A key slot; what a guess of its password costs; and, where it was just made for one, its recovery code.</summary>
internal sealed record KeyDocument(bool Current, string Id, string Label, DateTimeOffset Created, int HashPasses, long HashMemory, string? RecoveryCode)
{
    public static KeyDocument From(KeySlotInfo key) => new(key.IsCurrent, key.Id, key.Label, key.Created, key.HashPasses, key.HashMemory, RecoveryCode: null);
}
