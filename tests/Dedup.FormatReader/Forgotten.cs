namespace Dedup.FormatReader;

/// <summary>The record of a forgotten snapshot (section 16).</summary>
public sealed record Forgotten
{
    public required LocalTime When { get; init; }

    public required LocalTime Time { get; init; }

    public required string ByHost { get; init; }

    public required string ByUser { get; init; }

    public required string ByProgram { get; init; }

    public required string Rule { get; init; }

    public required string Host { get; init; }

    public required List<string> Paths { get; init; }

    public required List<string> Tags { get; init; }

    public static Forgotten Open(RepositoryKeys keys, byte[] id, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Forgotten, "length of the record of a forgotten snapshot");
        return Parse(Envelope.Open(keys, keys.Forgotten, "DEDUPFGT", id, content));
    }

    public static Forgotten Parse(byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        var forgotten = new Forgotten
        {
            When = LocalTime.Parse(ref reader),
            Time = LocalTime.Parse(ref reader),
            ByHost = reader.Text(),
            ByUser = reader.Text(),
            ByProgram = reader.Text(),
            Rule = reader.Text(),
            Host = reader.Text(),
            Paths = reader.Texts(Limits.Paths),
            Tags = reader.Texts(Limits.Tags),
        };
        reader.End();
        return forgotten;
    }
}
