namespace Dedup.FormatReader;

/// <summary>An abort in a commit slot (section 15). The time is in nanoseconds since 1970 UTC.</summary>
public sealed record Abort(long Time, string Host, string Program, string Reason)
{
    /// <summary>Reads what comes after the decision.</summary>
    public static Abort Parse(ref FieldReader reader)
    {
        reader.Reserved(1);
        return new Abort(reader.I64(), reader.Text(), reader.Text(), reader.Text());
    }
}
