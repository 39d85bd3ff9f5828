namespace Dedup.FormatReader;

/// <summary>A backup under way (section 14). The start is in nanoseconds since 1970 UTC.</summary>
public sealed record Session(long Start, long ProcessId, long ProcessStart, string Host, string Machine, string Program)
{
    public static Session Open(RepositoryKeys keys, byte[] id, byte[] content)
    {
        Limits.Check((ulong)content.Length, Limits.Session, "length of a session");
        return Parse(Envelope.Open(keys, keys.Session, "DEDUPSES", id, content));
    }

    public static Session Parse(byte[] plaintext)
    {
        var reader = new FieldReader(plaintext);
        var session = new Session(reader.I64(), reader.I64(), reader.I64(), reader.Text(), reader.Text(), reader.Text());
        reader.End();
        return session;
    }
}
