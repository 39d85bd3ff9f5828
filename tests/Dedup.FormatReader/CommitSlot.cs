namespace Dedup.FormatReader;

/// <summary>A commit slot that is taken (section 15): one of the two is there.</summary>
public sealed record CommitSlot(Snapshot? Snapshot, Abort? Abort)
{
    public static CommitSlot Open(RepositoryKeys keys, byte[] id, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.CommitSlot, "length of a commit slot");
        return Parse(Envelope.Open(keys, keys.Snapshot, "DEDUPSNP", id, content));
    }

    public static CommitSlot Parse(byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        byte decision = reader.U8();
        CommitSlot slot = decision switch
        {
            1 => new CommitSlot(Snapshot.Parse(ref reader), null),
            2 => new CommitSlot(null, Abort.Parse(ref reader)),
            _ => throw new UnsupportedException($"Decision {decision} is not known."),
        };
        reader.End();
        return slot;
    }
}
