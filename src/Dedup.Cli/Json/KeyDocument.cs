namespace Dedup.Cli.Json;

/// <summary>A key slot.</summary>
internal sealed record KeyDocument(bool Current, string Id, string Label, DateTimeOffset Created)
{
    public static KeyDocument From(KeySlotInfo key) => new(key.IsCurrent, key.Id, key.Label, key.Created);
}
