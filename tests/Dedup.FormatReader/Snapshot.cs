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

    /// <summary>Reads what comes after the decision.</summary>
    public static Snapshot Parse(ref FieldReader reader)
    {
        reader.Reserved(1);
        return new Snapshot
        {
            UtcOffsetMinutes = LocalTime.Offset(ref reader),
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
            Paths = reader.Texts(Limits.Paths),
            Tags = reader.Texts(Limits.Tags),
            Statistics = Numbers(ref reader),
            Signature = Signed(ref reader),
        };
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
