namespace Dedup.FormatReader;

/// <summary>A snapshot (section 15). Times are nanoseconds; ids are hex, zeros for none.</summary>
public sealed record Snapshot
{
    public required short UtcOffsetMinutes { get; init; }

    public required uint SequenceNumber { get; init; }

    public required long Time { get; init; }

    public required long Duration { get; init; }

    public required string RootTree { get; init; }

    public required string Parent { get; init; }

    public required string PreviousOfClient { get; init; }

    public required string TimeZone { get; init; }

    public required string Host { get; init; }

    public required string User { get; init; }

    public required string Program { get; init; }

    public required List<string> Paths { get; init; }

    public required List<string> Tags { get; init; }

    public required List<ulong> Statistics { get; init; }

    public required byte[] Signature { get; init; }

    public static Snapshot Open(RepositoryKeys keys, byte[] id, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Snapshot, "length of a snapshot");
        return Parse(Envelope.Open(keys, keys.Snapshot, "DEDUPSNP", id, content));
    }

    public static Snapshot Parse(byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        byte decision = reader.U8();
        if (decision != 1)
        {
            throw new UnsupportedException($"Decision {decision} is not known.");
        }

        reader.Reserved(1);
        var snapshot = new Snapshot
        {
            UtcOffsetMinutes = reader.I16(),
            SequenceNumber = reader.U32(),
            Time = reader.I64(),
            Duration = reader.I64(),
            RootTree = reader.Id(),
            Parent = Convert.ToHexStringLower(reader.Bytes(16)),
            PreviousOfClient = Convert.ToHexStringLower(reader.Bytes(16)),
            TimeZone = reader.Text(),
            Host = reader.Text(),
            User = reader.Text(),
            Program = reader.Text(),
            Paths = Texts(ref reader, Limits.Paths),
            Tags = Texts(ref reader, Limits.Tags),
            Statistics = Numbers(ref reader),
            Signature = Signed(ref reader),
        };
        reader.End();
        return snapshot.UtcOffsetMinutes is >= -840 and <= 840
            ? snapshot
            : throw new RejectedException($"An offset of {snapshot.UtcOffsetMinutes} minutes from UTC is out of range.");
    }

    private static List<string> Texts(ref FieldReader reader, int bound)
    {
        ushort count = reader.U16();
        Limits.Check(count, (ulong)bound, "number of paths or tags");
        var texts = new List<string>();
        for (int i = 0; i < count; i++)
        {
            texts.Add(reader.Text());
        }

        return texts;
    }

    private static List<ulong> Numbers(ref FieldReader reader)
    {
        ushort count = reader.U16();
        Limits.Check(count, Limits.Statistics, "number of statistics");
        var numbers = new List<ulong>();
        for (int i = 0; i < count; i++)
        {
            numbers.Add(reader.Length64());
        }

        return numbers;
    }

    private static byte[] Signed(ref FieldReader reader)
    {
        ushort length = reader.U16();
        Limits.Check(length, Limits.Signature, "length of a signature");
        return reader.Bytes(length).ToArray();
    }
}
