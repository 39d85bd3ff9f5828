using System.Globalization;

namespace Dedup.FormatReader;

/// <summary>What the name of a record of a prune says (section 3).</summary>
public sealed record GcName(ulong Number, GcRecordKind Kind)
{
    /// <summary>Reads the part of an object's name that follows "gc/"; null when the object is to be ignored.</summary>
    public static GcName? Parse(string leaf)
    {
        GcRecordKind? step = leaf.Length < 16 ? null : leaf[16..] switch
        {
            ".mark" => GcRecordKind.Mark,
            ".sweep" => GcRecordKind.Sweep,
            ".done" => GcRecordKind.Retirement,
            _ => null,
        };
        if (step is null || !leaf[..16].All(char.IsAsciiHexDigitLower))
        {
            return null;
        }

        ulong number = ulong.Parse(leaf[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return number is >= 1 and <= long.MaxValue ? new GcName(number, step.Value) : null;
    }
}
