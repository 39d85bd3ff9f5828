namespace Dedup.Tests.Format;

/// <summary>The plaintext of an index segment (section 10).</summary>
internal sealed record IndexParts
{
    public List<IndexPackParts> Packs { get; init; } = [];

    public List<byte[]> Replaced { get; init; } = [];

    public List<IndexEntryParts> Entries { get; init; } = [];

    public long? PackCount { get; init; }

    public long? ReplacedCount { get; init; }

    public long? EntryCount { get; init; }

    public int Reserved { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] Build() => new FieldWriter()
        .U32(PackCount ?? Packs.Count).U32(ReplacedCount ?? Replaced.Count).U32(EntryCount ?? Entries.Count).U32(Reserved)
        .Each(Packs, (writer, pack) => writer.Bytes(pack.Id).U64(pack.Length).U32(pack.Count).U8(pack.Kind).U8(pack.Reserved).Zeros(2))
        .Each(Replaced, (writer, id) => writer.Bytes(id))
        .Each(Entries, (writer, entry) => writer
            .Bytes(entry.Id).U32(entry.Place).U32(entry.Ordinal).U32(entry.Offset).U32(entry.StoredLength).U32(entry.PlainLength)
            .U8(entry.Kind).U8(entry.Codec).U8(entry.Reserved).U8(0))
        .Bytes(Extra)
        .ToArray();

    public List<(string Name, string Value)> Values =>
    [
        .. Packs.Select((pack, place) => ($"pack {place}", $"{Convert.ToHexStringLower(pack.Id)} {pack.Length} {pack.Kind}")),
        .. Replaced.Select((id, place) => ($"replaced {place}", Convert.ToHexStringLower(id))),
        .. Entries.OrderBy(entry => entry.Place).ThenBy(entry => entry.Ordinal).Select(entry => (
            $"entry {entry.Place}/{entry.Ordinal}",
            $"{Convert.ToHexStringLower(entry.Id)} {entry.Kind} {entry.Codec} {entry.PlainLength} {entry.StoredLength} {entry.Offset}")),
    ];
}
